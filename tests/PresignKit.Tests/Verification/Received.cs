using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>A request as it arrives at a server, with a correct signature by the tests' own signer, which also signs malformed requests.</summary>
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

    /// <summary>Additional query parameters, each preceded by <c>&amp;</c>.</summary>
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

    /// <summary>Returns the status of the request if it arrives as it was signed.</summary>
    public PresignedUrlVerificationStatus Verify(PresignedUrlVerifierOptions? options = null, DateTimeOffset? now = null, S3Credentials? credentials = null) =>
        Verifier(options, now, credentials).Verify(new HttpMethod(Method), Url, Headers).Status;

    /// <summary>Returns the status of the request if its URL, method or headers changed after it was signed.</summary>
    public PresignedUrlVerificationStatus VerifyChanged(Func<string, string>? url = null, string? method = null, KeyValuePair<string, string>[]? headers = null) =>
        Verifier().Verify(new HttpMethod(method ?? Method), url is null ? Url : url(Url), headers ?? Headers).Status;

    public Received With(params (string Name, string Value)[] headers) => this with
    {
        Headers = TestPresigner.Pairs(headers),
        SignedHeaders = string.Join("%3B", headers.Select(header => header.Name.ToLowerInvariant()).Append("host").Distinct().Order(StringComparer.Ordinal)),
    };
}
