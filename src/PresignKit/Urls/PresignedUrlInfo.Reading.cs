using System.Collections.ObjectModel;
using System.Globalization;
using PresignKit.Signing;

namespace PresignKit;

/// <content>From the text of a URL to what it says.</content>
public sealed partial class PresignedUrlInfo
{
    private const string SigV4a = "AWS4-ECDSA-P256-SHA256";

    // What most URLs have.
    private static readonly ReadOnlyCollection<string> HostAlone = Array.AsReadOnly(["host"]);
    private static readonly ResponseHeaderOverrides NoOverrides = new();

    private PresignedUrlInfo(UrlParts parts, S3Endpoint? endpoint, string algorithm, string accessKeyId)
    {
        Host = UrlParts.SignedForm(parts.Authority, parts.IsTls);
        Algorithm = algorithm;
        AccessKeyId = accessKeyId;
        _path = parts.Path.ToString();
        _isTls = parts.IsTls;
        _endpoint = endpoint;
    }

    private static PresignedUrlInfo? Read(string? url, S3Endpoint? endpoint)
    {
        if (!UrlParts.TryCut(url.AsSpan(), out UrlParts parts) || parts.Authority.IsEmpty || !UrlLocation.IsPath(parts.Path))
        {
            return null;
        }

        ReceivedQuery query = default;
        try
        {
            if (!ReceivedQuery.TryRead(parts.Query, out query))
            {
                return null;
            }

            SigV4Parameters parameters = new(query);
            return parameters.IsPresigned ? ReadSigV4(parts, endpoint, query, parameters) : ReadSigV2(parts, endpoint, query);
        }
        finally
        {
            query.Dispose();
        }
    }

    private static PresignedUrlInfo? ReadSigV4(UrlParts parts, S3Endpoint? endpoint, in ReceivedQuery query, SigV4Parameters parameters)
    {
        if (!parameters.AreText)
        {
            return null;
        }

        string algorithm = parameters.IsHmac ? StringToSign.Algorithm : PercentEncoding.Decode(parameters.Algorithm)!;
        bool isSigV4a = algorithm == SigV4a;
        bool isReadable = parameters.TryGetCredential(isSigV4a, out string accessKeyId, out ReadOnlySpan<byte> date, out string region, out string service)
            & parameters.TryGetSignedAt(out DateTimeOffset signedAt)
            & parameters.TryGetExpiresIn(out int seconds)
            & SigV4Parameters.TryGetDate(date, out DateTimeOffset scopeDate);
        if (!isReadable || parameters is { HasSignature: false } or { HasSignedHeaders: false } or { HasAlgorithm: false } ||
            !TryReadOthers(query, isName: SigV4Parameters.IsName, out ResponseHeaderOverrides overrides, out IReadOnlyList<KeyValuePair<string, string>> others))
        {
            return null;
        }

        return new PresignedUrlInfo(parts, endpoint, algorithm, accessKeyId)
        {
            ScopeDate = scopeDate,
            Region = isSigV4a ? others.FirstOrDefault(parameter => parameter.Key == "X-Amz-Region-Set").Value ?? "" : region,
            Service = service,
            SignedAt = signedAt,
            ExpiresIn = TimeSpan.FromSeconds(seconds),
            ExpiresAt = Add(signedAt, seconds),
            SignedHeaders = parameters.SignedHeadersText is var names and not "host" ? Array.AsReadOnly(names.Split(';')) : HostAlone,
            HasSessionToken = parameters.HasSessionToken,
            ResponseHeaders = overrides,
            OtherParameters = others,
        };
    }

    // AWSAccessKeyId=…&Expires=(seconds since 1970)&Signature=…
    private static PresignedUrlInfo? ReadSigV2(UrlParts parts, S3Endpoint? endpoint, in ReceivedQuery query)
    {
        int key = query.IndexOf("AWSAccessKeyId"u8);
        int expires = query.IndexOf("Expires"u8);
        int signature = query.IndexOf("Signature"u8);
        if (key < 0 || expires < 0 || signature < 0 || PercentEncoding.Decode(query.Value(key)) is not { Length: > 0 } accessKeyId ||
            !long.TryParse(Platform.AsciiToString(query.Value(expires)), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ||
            !TryReadOthers(query, IsSigV2Name, out ResponseHeaderOverrides overrides, out IReadOnlyList<KeyValuePair<string, string>> others))
        {
            return null;
        }

        return new PresignedUrlInfo(parts, endpoint, "HMAC-SHA1", accessKeyId)
        {
            ExpiresAt = Add(DateTimeOffset.FromUnixTimeSeconds(0), seconds),
            HasSessionToken = query.IndexOf("x-amz-security-token"u8) >= 0,
            ResponseHeaders = overrides,
            OtherParameters = others,
        };
    }

    private delegate bool NameTest(ReadOnlySpan<byte> name);

    private static bool IsSigV2Name(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("AWSAccessKeyId"u8) || name.SequenceEqual("Expires"u8) || name.SequenceEqual("Signature"u8) || name.SequenceEqual("x-amz-security-token"u8);

    private static bool TryReadOthers(
        in ReceivedQuery query, NameTest isName, out ResponseHeaderOverrides overrides, out IReadOnlyList<KeyValuePair<string, string>> others)
    {
        overrides = NoOverrides;
        others = [];
        List<KeyValuePair<string, string>>? found = null;
        for (int i = 0; i < query.Count; i++)
        {
            if (isName(query.Name(i)))
            {
                continue;
            }

            if (PercentEncoding.Decode(query.Name(i)) is not { } name || PercentEncoding.Decode(query.Value(i)) is not { } value)
            {
                return false;
            }

            if (ResponseHeaderOverrides.TryRead(overrides, name, value) is { } more)
            {
                overrides = more;
            }
            else
            {
                (found ??= []).Add(new KeyValuePair<string, string>(name, value));
            }
        }

        others = found?.AsReadOnly() ?? others;
        return true;
    }

    // What a URL says can be past the end of the calendar.
    private static DateTimeOffset Add(DateTimeOffset start, long seconds) =>
        seconds >= (DateTimeOffset.MaxValue - start).TotalSeconds ? DateTimeOffset.MaxValue
        : seconds <= (DateTimeOffset.MinValue - start).TotalSeconds ? DateTimeOffset.MinValue
        : start.AddSeconds(seconds);
}
