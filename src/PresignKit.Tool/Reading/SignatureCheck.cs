using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Reading;

/// <summary>The result of checking the signature of a URL, whether or not the URL has expired.</summary>
internal sealed record SignatureCheck
{
    private const string SignatureParameter = "X-Amz-Signature=";

    // A URL does not contain its method, so these are tried in this order.
    private static readonly HttpMethod[] CommonMethods = [HttpMethod.Get, HttpMethod.Put, HttpMethod.Head, HttpMethod.Delete, HttpMethod.Post];

    // These signed headers have only one useful value, so the URL can be checked although it contains only their names.
    private static readonly Dictionary<string, string> KnownValues = new(StringComparer.Ordinal)
    {
        ["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD",
        ["x-amz-request-payer"] = "requester",
        ["if-none-match"] = "*",
        ["x-amz-checksum-mode"] = "ENABLED",
    };

    public required SignatureState State { get; init; }

    /// <summary>Gets the reason why the signature is not correct, as text that can follow a colon and does not end with a period.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the method for which the signature is correct, or <c>null</c>.</summary>
    public HttpMethod? Method { get; init; }

    /// <summary>Gets the names of the headers that are listed as signed but must not be sent (<c>presign put --lock</c>).</summary>
    public IReadOnlyList<string> LockedHeaders { get; init; } = [];

    /// <summary>Gets the source of the credentials, or <c>null</c> if the signature was not checked.</summary>
    public string? Source { get; init; }

    public bool IsCorrect => State == SignatureState.Correct;

    /// <summary>Checks a signature.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="info">The content of the URL.</param>
    /// <param name="headers">The values of signed headers.</param>
    /// <param name="credentials">The credentials, or <c>null</c> if none are available.</param>
    /// <param name="method">The only method to try, or <c>null</c> to try the common ones.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="problem">The reason why the configured credentials are not available, or <c>null</c> if none are configured.</param>
    public static SignatureCheck Of(
        string url, PresignedUrlInfo info, IReadOnlyList<KeyValuePair<string, string>> headers, Resolved<S3Credentials>? credentials, HttpMethod? method, TimeProvider clock,
        string? problem = null)
    {
        if (info.Algorithm != SignatureAlgorithm.SigV4)
        {
            return Uncheckable($"only SigV4 signatures ({SignatureAlgorithm.SigV4}) can be checked, and the algorithm of this one is {SignatureAlgorithm.NameOf(info.Algorithm)}");
        }

        if (credentials is null)
        {
            return new SignatureCheck { State = SignatureState.Unchecked, Reason = problem?.TrimEnd('.') ?? "no credentials are available. Specify --profile or --ask to check it" };
        }

        if (credentials.Value.AccessKeyId != info.AccessKeyId)
        {
            string reason = $"the URL is signed with the access key '{Shown.Text(info.AccessKeyId)}', but the key of {credentials.Source} is '{Shown.Text(credentials.Value.AccessKeyId)}'";
            return new SignatureCheck { State = SignatureState.Unchecked, Reason = reason };
        }

        Checker checker = new(UrlEndpoint.AtOrigin(url, info), info, headers, credentials.Value, clock);
        return checker.Check(method is null ? CommonMethods : [method]) with { Source = credentials.Source };
    }

    private static SignatureCheck Uncheckable(string reason) => new() { State = SignatureState.Uncheckable, Reason = reason };

    private static SignatureCheck Wrong(string reason) => new() { State = SignatureState.Wrong, Reason = reason };

    private sealed class Checker(string url, PresignedUrlInfo info, IReadOnlyList<KeyValuePair<string, string>> headers, S3Credentials credentials, TimeProvider clock)
    {
        private readonly PresignedUrlVerifier _verifier = new(
            id => id == credentials.AccessKeyId ? credentials : null,
            new PresignedUrlVerifierOptions
            {
                AcceptsExpired = true,
                ClockSkew = TimeSpan.FromDays(1),
                Service = info.Service!,
                Endpoint = UrlEndpoint.FindKnown(info, UrlEndpoint.SchemeOf(url)),
            },
            clock);

        public SignatureCheck Check(HttpMethod[] methods)
        {
            string[] missing = [.. info.SignedHeaders.Where(name => name != "host" && !headers.Any(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))];
            KeyValuePair<string, string>[] known = [.. missing.Where(KnownValues.ContainsKey).Select(name => new KeyValuePair<string, string>(name, KnownValues[name]))];

            // Tries without the known values first, because a locked header is listed as signed but must not be sent.
            PresignedUrlVerificationStatus status = PresignedUrlVerificationStatus.SignatureMismatch;
            foreach (IReadOnlyList<KeyValuePair<string, string>> sent in known.Length == 0 ? (IReadOnlyList<KeyValuePair<string, string>>[])[headers] : [headers, [.. headers, .. known]])
            {
                foreach (HttpMethod method in methods)
                {
                    status = Verify(url, method, sent);
                    if (status is PresignedUrlVerificationStatus.Valid or PresignedUrlVerificationStatus.ExpiredCredentials)
                    {
                        return new SignatureCheck
                        {
                            State = SignatureState.Correct,
                            Method = method,
                            Reason = status == PresignedUrlVerificationStatus.ExpiredCredentials ? "the credentials have expired, and the URL with them" : null,
                            LockedHeaders = [.. missing.Where(name => !sent.Any(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))],
                        };
                    }
                }
            }

            string[] unknown = [.. missing.Except(KnownValues.Keys)];
            return status switch
            {
                PresignedUrlVerificationStatus.SignatureMismatch => FindAppended(methods) ?? Mismatch(methods),
                PresignedUrlVerificationStatus.MissingSignedHeader when unknown.Length > 0 => FindAppended(methods) ?? Uncheckable(
                    $"the URL does not contain the {(unknown.Length == 1 ? "value of the signed header" : "values of the signed headers")} {string.Join(", ", unknown.Select(Shown.Text))}. "
                    + RemedyFor(unknown)),
                PresignedUrlVerificationStatus.MissingSignedHeader => Mismatch(methods),
                PresignedUrlVerificationStatus.WrongSessionToken => new SignatureCheck
                {
                    State = SignatureState.Unchecked,
                    Reason = "the URL and the credentials have different session tokens, or only one of them has a session token",
                },
                _ => new SignatureCheck { State = SignatureState.Rejected, Reason = DescribeRejection(status) },
            };
        }

        private static string RemedyFor(string[] unknown)
        {
            string? name = Array.Find(unknown, one => !SignedUrlFlags.IsOfKey(one));
            bool hasKey = unknown.Any(SignedUrlFlags.IsOfKey);
            string header = name is null ? "" : $"{(unknown.Length == 1 ? "it" : hasKey ? "the others" : "them")} with --header, for example --header '{(IsPlain(name) ? name : "NAME")}: …'";
            return "Specify " + (hasKey ? "the file with the SSE-C key with --sse-customer-key-file" + (header.Length > 0 ? ", and " : "") : "") + header;
        }

        private PresignedUrlVerificationStatus Verify(string checkedUrl, HttpMethod method, IReadOnlyList<KeyValuePair<string, string>> sent) => _verifier.Verify(method, checkedUrl, sent).Status;

        // Signers put the signature last, so everything after it was probably appended later.
        private SignatureCheck? FindAppended(HttpMethod[] methods)
        {
            int signature = url.IndexOf(SignatureParameter, StringComparison.Ordinal);
            int end = signature < 0 ? -1 : url.IndexOf('&', signature);
            if (end < 0)
            {
                return null;
            }

            HttpMethod? method = Array.Find(methods, one => Verify(url[..end], one, headers) == PresignedUrlVerificationStatus.Valid);
            string[] names = [.. url[end..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => Uri.UnescapeDataString(parameter.Split('=')[0])).Distinct()];
            string options = string.Join(' ', names.Select(name => $"--accept-appended {(IsPlain(name) ? name : "NAME")}").Distinct());
            return method is null ? null : Wrong(
                $"it is correct for {method} without {string.Join(", ", names.Select(name => $"'{Shown.Text(name)}'"))}, which {(names.Length == 1 ? "was" : "were")} appended after signing. "
                + $"'presign resign {options}' signs the URL again") with
            { Method = method };
        }

        // People copy a suggested command into a shell, so it must not contain arbitrary text from the URL, whose author may be an attacker.
        private static bool IsPlain(string name) => name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && name[0] != '-';

        private SignatureCheck Mismatch(HttpMethod[] methods)
        {
            // If the caller specified the method, the URL may have been signed for a different one.
            if (methods.Length == 1 && Check(CommonMethods) is { State: SignatureState.Correct, Method: { } other })
            {
                return Wrong($"it is for {other}, not for {methods[0]}") with { Method = other };
            }

            string method = methods.Length == 1 ? "a different method" : "a method other than GET, PUT, HEAD, DELETE and POST";
            return Wrong(
                $"the URL was signed with a different secret access key or for {method}, or its host, its path, a parameter or a signed header was changed after signing. Compare it with the URL as it was created" + RemedyForCdn());
        }

        // A CDN or proxy replaces the signed host, so its URLs look like forged ones.
        private string RemedyForCdn() => UrlEndpoint.FindKnown(info, UrlEndpoint.SchemeOf(url)) is null
            ? $". If '{Shown.Text(info.Host)}' is a CDN or a proxy in front of the store, specify --cdn-url for it and --endpoint-url for the store"
            : "";

        private string DescribeRejection(PresignedUrlVerificationStatus status) => status switch
        {
            PresignedUrlVerificationStatus.NotYetValid => "the URL is signed at an instant more than a day in the future. Compare the clocks of the two machines",
            PresignedUrlVerificationStatus.ExpiryOutOfRange => "X-Amz-Expires is out of the range that stores accept, which is from 1 second to 7 days",
            PresignedUrlVerificationStatus.UnsignedHeader => "--header specifies an x-amz-* header that the URL does not sign, or the URL does not sign 'host'",
            PresignedUrlVerificationStatus.ConflictingAuthorization => "--header specifies an Authorization header, which stores reject in addition to the signature in the URL",
            _ => Explain(),
        };

        // The library describes what is wrong with a request that it cannot read.
        private string Explain()
        {
            try
            {
                _ = SignatureExplanation.Of(HttpMethod.Get, url, headers);
                return "stores reject the URL";
            }
            catch (ArgumentException e)
            {
                string text = Messages.ToFlags(Messages.WithoutSuffix(e)).TrimEnd('.');
                return text.StartsWith("The ", StringComparison.Ordinal) ? "the " + text["The ".Length..] : text;
            }
        }
    }
}
