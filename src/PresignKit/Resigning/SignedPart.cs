using System.Text;

namespace PresignKit;

/// <summary>The part of a URL that was signed, and what was appended to it.</summary>
internal sealed class SignedPart
{
    private SignedPart(string url) => Url = url;

    /// <summary>The URL without the appended parameters that are accepted.</summary>
    public string Url { get; private set; }

    /// <summary>The parameters of <see cref="Url"/> that do not belong to the signature, decoded.</summary>
    public List<KeyValuePair<string, string>> Parameters { get; } = [];

    /// <summary>The parameters behind the signature that are accepted, decoded.</summary>
    public List<KeyValuePair<string, string>> Appended { get; } = [];

    /// <summary>The names of those behind the signature that are not.</summary>
    public List<string> Foreign { get; } = [];

    /// <summary>Cuts a URL. Signers put the signature last: what stands behind it came later.</summary>
    public static SignedPart Of(string url, IReadOnlyCollection<string> acceptAppended)
    {
        int start = url.IndexOf('?') + 1;
        if (start == 0 || url.Length > UrlParts.MaxLength)
        {
            return new SignedPart(url);
        }

        int end = url.IndexOf('#', start);
        StringBuilder signed = new(url, 0, start, url.Length);
        SignedPart cut = new(url);
        bool isBehind = false;
        foreach (string parameter in url.Substring(start, (end < 0 ? url.Length : end) - start).Split('&'))
        {
            int equals = parameter.IndexOf('=');
            string name = Decode(equals < 0 ? parameter : parameter[..equals]);
            string value = equals < 0 ? "" : Decode(parameter[(equals + 1)..]);
            if (isBehind && parameter.Length > 0 && acceptAppended.Contains(name))
            {
                cut.Appended.Add(new KeyValuePair<string, string>(name, value));
                continue;
            }

            if (isBehind && parameter.Length > 0)
            {
                cut.Foreign.Add(name);
            }

            isBehind |= name == "X-Amz-Signature";
            signed.Append(signed.Length > start ? "&" : "").Append(parameter);
            if (parameter.Length > 0 && !ParameterRules.IsOwn(name))
            {
                cut.Parameters.Add(new KeyValuePair<string, string>(name, value));
            }
        }

        cut.Url = signed.ToString();
        return cut;
    }

    // What cannot be decoded stays as it is: the verifier says so.
    private static string Decode(string raw) => PercentEncoding.DecodeReceivedComponent(raw.AsSpan()) ?? raw;
}
