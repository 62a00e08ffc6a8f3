using System.Text;

namespace PresignKit;

/// <summary>
/// The signature's own parameters, as a canonical query begins with them, for a day, an access key and a session token. Time and lifetime are all that differs from URL to URL.
/// For one thread at a time.
/// <code>
/// X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=…&amp;X-Amz-Date=yyyyMMddTHHmmssZ&amp;X-Amz-Expires=…[&amp;X-Amz-Security-Token=…]&amp;X-Amz-SignedHeaders=
/// </code>
/// </summary>
internal sealed class OwnParameters
{
    private const string AfterTime = "Z&X-Amz-Expires=";
    private const string LastName = "X-Amz-SignedHeaders=";

    private readonly string _accessKeyId;
    private readonly string? _sessionToken;
    private readonly byte[] _start;
    private readonly byte[] _end;
    private TimeDigits _time;

    public OwnParameters(CredentialScope scope, string accessKeyId, string? sessionToken)
    {
        _accessKeyId = accessKeyId;
        _sessionToken = sessionToken;
        Credential = $"{accessKeyId}/{scope.Text}";
        string token = sessionToken is null ? "" : "&X-Amz-Security-Token=" + PercentEncoding.Component(sessionToken);
        _start = Encoding.ASCII.GetBytes(
            $"X-Amz-Algorithm={StringToSign.Algorithm}&X-Amz-Credential={PercentEncoding.Component(Credential)}&X-Amz-Date={scope.DateText}T{TimeDigits.Zeros}{AfterTime}");
        _end = Encoding.ASCII.GetBytes($"{token}&{LastName}");
        _time = new TimeDigits(_start.Length - AfterTime.Length - TimeDigits.Zeros.Length);
    }

    /// <summary><c>access-key-id/yyyyMMdd/region/service/aws4_request</c>, as a form has it.</summary>
    public string Credential { get; }

    public bool AreOf(string accessKeyId, string? sessionToken) => _accessKeyId == accessKeyId && _sessionToken == sessionToken;

    /// <summary>Appends the parameters to the value of the last one: the names of the signed headers are still to come. Returns where the last one begins.</summary>
    public int Append(ref ByteBuffer buffer, DateTime signedAt, int expiresIn)
    {
        _time.Write(_start, signedAt);
        buffer.Append(_start);
        buffer.Append(expiresIn);
        buffer.Append(_end);
        return buffer.Length - LastName.Length;
    }
}
