using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>A request as it arrives, written out and rightly signed: by the tests' own signer, which signs odd ones too.</summary>
internal sealed record Received
{
    public static readonly S3Credentials Credentials = new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey);

    public static readonly Received Good = new();

    public string Method { get; init; } = "GET";

    /// <summary>Scheme, host and path.</summary>
    public string Address { get; init; } = "https://my-space.nyc3.digitaloceanspaces.com/a/k.txt";

    public string Algorithm { get; init; } = "AWS4-HMAC-SHA256";

    public string Credential { get; init; } = TestPresigner.AccessKeyId + "%2F20260314%2Fnyc3%2Fs3%2Faws4_request";

    public string Date { get; init; } = "20260314T150926Z";

    public string Expires { get; init; } = "3600";

    public string SignedHeaders { get; init; } = "host";

    /// <summary>More parameters of the query, each with its <c>&amp;</c> before it.</summary>
    public string Extra { get; init; } = "";

    public KeyValuePair<string, string>[] Headers { get; init; } = [];

    public string SecretAccessKey { get; init; } = TestPresigner.SecretAccessKey;

    public string Unsigned =>
        $"{Address}?X-Amz-Algorithm={Algorithm}&X-Amz-Credential={Credential}&X-Amz-Date={Date}&X-Amz-Expires={Expires}&X-Amz-SignedHeaders={SignedHeaders}{Extra}";

    public string Url => $"{Unsigned}&X-Amz-Signature={IndependentSigner.Signature(Method, Unsigned, Headers, SecretAccessKey)}";

    public static PresignedUrlVerifier Verifier(PresignedUrlVerifierOptions? options = null, DateTimeOffset? now = null, S3Credentials? credentials = null)
    {
        credentials ??= Credentials;
        return new PresignedUrlVerifier(id => id == credentials.AccessKeyId ? credentials : null, options, new FakeTimeProvider(now ?? TestPresigner.Now));
    }

    /// <summary>What the verifier says of it, signed and sent as it is.</summary>
    public PresignedUrlVerificationStatus Verify(PresignedUrlVerifierOptions? options = null, DateTimeOffset? now = null, S3Credentials? credentials = null) =>
        Verifier(options, now, credentials).Verify(new HttpMethod(Method), Url, Headers).Status;

    /// <summary>What the verifier says where something changed on the way.</summary>
    public PresignedUrlVerificationStatus VerifyChanged(Func<string, string>? url = null, string? method = null, KeyValuePair<string, string>[]? headers = null) =>
        Verifier().Verify(new HttpMethod(method ?? Method), url is null ? Url : url(Url), headers ?? Headers).Status;

    public Received With(params (string Name, string Value)[] headers) => this with
    {
        Headers = TestPresigner.Pairs(headers),
        SignedHeaders = string.Join("%3B", headers.Select(header => header.Name.ToLowerInvariant()).Append("host").Distinct().Order(StringComparer.Ordinal)),
    };
}
