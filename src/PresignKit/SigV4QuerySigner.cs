namespace PresignKit;

/// <summary>
/// Presigns requests to any service that supports Signature Version 4 in the query string.
/// </summary>
/// <remarks>The URLs can be used, for example, as tokens for EKS and RDS or to connect to AWS IoT over WebSockets.
/// Instances are thread-safe and do not perform I/O themselves. For object stores, use <see cref="S3Presigner"/>, which applies the S3 rules. Source:
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">Create a signed AWS API request</see>.</remarks>
/// <example><code>
/// SigV4QuerySigner signer = new(credentials, "eu-west-1", "sts");
/// PresignedUrl url = signer.Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.eu-west-1.amazonaws.com")
/// {
///     Query = [new("Action", "GetCallerIdentity"), new("Version", "2011-06-15")],
///     Headers = [new("x-k8s-aws-id", "my-cluster")],
///     ExpiresIn = TimeSpan.FromMinutes(1),
/// });
/// string eksToken = "k8s-aws-v1." + Base64Url.EncodeToString(Encoding.ASCII.GetBytes(url.Url));
/// </code></example>
public sealed class SigV4QuerySigner
{
    private const string EmptyBodyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly ValidityRules Rules = new(S3Provider.SigV4MaxExpirySeconds, S3Provider.SigV4MaxExpirySeconds, Window: 0, CredentialExpiry.Throw);

    private readonly IS3CredentialsProvider _credentials;
    private readonly TimeProvider _timeProvider;
    private readonly string _region;
    private readonly SigningKeyCache _keys;

    /// <summary>Initializes a signer for one service in one region.</summary>
    /// <param name="credentials">The credentials provider. An <see cref="S3Credentials"/> instance can be passed directly.</param>
    /// <param name="region">The region in the credential scope.</param>
    /// <param name="service">The service in the credential scope, such as <c>sts</c>, <c>rds-db</c>, <c>iotdevicegateway</c> or <c>execute-api</c>.</param>
    /// <param name="timeProvider">The clock, or <c>null</c> for the system clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="credentials"/>, <paramref name="region"/> or <paramref name="service"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="region"/> or <paramref name="service"/> is empty or contains a character that is not a letter, a digit, <c>-</c> or
    /// <c>_</c>.</exception>
    public SigV4QuerySigner(IS3CredentialsProvider credentials, string region, string service, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(service);
        Argument.ThrowIf(RegionRules.FindProblem(region), nameof(region));
        if (RegionRules.FindProblem(service) is not null)
        {
            throw new ArgumentException($"The service '{Printable.Text(service)}' is not a valid service name. Use the name in the credential scope, such as 's3', 'sts' or 'rds-db'.", nameof(service));
        }

        _credentials = credentials;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _region = region;
        _keys = new SigningKeyCache(service);
    }

    // S3 and its variants do not normalize a path or encode it twice, because a key must match exactly.
    private bool IsS3 => _keys.Service is "s3" or "s3-outposts" or "s3-object-lambda" or "s3express";

    /// <summary>Presigns a request, using credentials that are available without waiting.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The URL and the headers that must be sent with it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">Part of the request cannot be signed. The message describes the problem.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is less than 1 second, exceeds 7 days, or exceeds the lifetime of the credentials.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, are temporary AWS credentials without a session token, or must be fetched first. In the last
    /// case, use <see cref="PresignAsync"/>.</exception>
    public PresignedUrl Presign(SigV4QueryRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Presign(request, _credentials.GetAvailable());
    }

    /// <summary>Presigns a request, waiting asynchronously for the credentials if the provider needs to fetch them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <returns>The URL and the headers that must be sent with it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">Part of the request cannot be signed. The message describes the problem.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is less than 1 second, exceeds 7 days, or exceeds the lifetime of the credentials.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired or are temporary AWS credentials without a session token.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public ValueTask<PresignedUrl> PresignAsync(SigV4QueryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return FetchAndPresignAsync(request, cancellationToken);
    }

    private async ValueTask<PresignedUrl> FetchAndPresignAsync(SigV4QueryRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Presign(request, await _credentials.FetchAsync(cancellationToken).ConfigureAwait(false));
    }

    private PresignedUrl Presign(SigV4QueryRequest request, S3Credentials credentials)
    {
        KeyValuePair<string, string>[] headers = HeadersOf(request);
        string payload = PayloadOf(request, headers);
        KeyValuePair<string, string>[] query = QueryOf(request, payload);
        HttpMethod method = UppercaseMethod.Of(request.Method);
        string host = HostOf(request);
        if (credentials.LacksSessionToken && AwsPartition.OwnsHost(host))
        {
            throw new InvalidOperationException(CredentialRules.MissingToken(credentials.AccessKeyId));
        }

        string path = PathOf(request);
        Validity validity = Validity.Of(request.ExpiresIn, Rules, credentials, _timeProvider, nameof(request));
        SigningInput signing = new()
        {
            Method = method.Method,
            Host = new SigningHost(request.Scheme.Length == 0 ? "" : request.Scheme + "://", host),
            Path = path,
            EncodePathTwice = request.EncodePathTwice ?? !IsS3,
            Query = query,
            Headers = headers,
            Payload = payload,
            AccessKeyId = credentials.AccessKeyId,
            EncodedSessionToken = credentials.EncodedSessionToken,
            SessionTokenIsUnsigned = request.SessionTokenIsUnsigned,
            SignedAt = validity.SignedAt.UtcDateTime,
            ExpiresIn = validity.Seconds,
        };
        ByteBuffer buffer = new(2048);
        try
        {
            int start = QuerySigner.AppendUrl(ref buffer, signing, _keys.GetOrAdd(credentials, _region, validity.SignedAt.UtcDateTime));
            string url = Platform.AsciiToString(buffer.Written[start..]);
            return new PresignedUrl(url, method, validity.SignedAt, validity.ExpiresAt, PresignedUrl.HeadersToSend(headers));
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static KeyValuePair<string, string>[] QueryOf(SigV4QueryRequest request, string payload)
    {
        foreach (KeyValuePair<string, string> parameter in request.Query)
        {
            Argument.ThrowIf(ParameterRules.FindProblem(parameter.Key, parameter.Value ?? "", []), nameof(request));
            Argument.ThrowIf(
                PayloadLine.IsHeader(parameter.Key) && parameter.Value != payload
                    ? $"The query parameter '{parameter.Key}' differs from the signed hash of the body, '{Printable.Text(payload)}'. Set PayloadHash to the same value, or remove the parameter."
                    : null,
                nameof(request));
        }

        return [.. request.Query];
    }

    // Clients join the values of a repeated header with commas, so the joined value is validated and converted to the form that clients send.
    private static KeyValuePair<string, string>[] HeadersOf(SigV4QueryRequest request)
    {
        List<KeyValuePair<string, string>> headers = new(request.Headers.Count);
        foreach (IGrouping<string, string> header in request.Headers.GroupBy(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase))
        {
            string[] values = [.. header];
            string value = values.Contains(null) ? null! : string.Join(",", values.Select(value => value.Trim(' ', '\t')));
            Argument.ThrowIf(HeaderRules.FindProblem(header.Key, ref value, []), nameof(request));
            Argument.ThrowIf(
                values.Length > 1 && PayloadLine.IsHeader(header.Key) ? $"The header '{header.Key}' is specified twice, but a request can have only one hash of its body. Remove one of them." : null,
                nameof(request));
            headers.Add(new KeyValuePair<string, string>(header.Key, value));
        }

        return [.. headers];
    }

    // A service uses the value of the x-amz-content-sha256 header as the payload line, so PayloadHash must not differ from the header.
    private string PayloadOf(SigV4QueryRequest request, KeyValuePair<string, string>[] headers)
    {
        if (request.PayloadHash is { } hash && (hash.Length == 0 || !Platform.IsInRange(hash.AsSpan(), '!', '~')))
        {
            throw new ArgumentException($"The PayloadHash '{Printable.Text(hash)}' is not a valid hash. Use the SHA-256 of the body in lowercase hexadecimal digits, or a constant such as {PayloadLine.Unsigned}.", nameof(request));
        }

        string? signed = PayloadLine.SignedBy(headers);
        return signed is not null && request.PayloadHash is not null && signed != request.PayloadHash
            ? throw new ArgumentException("PayloadHash differs from the header 'x-amz-content-sha256'. Set only one of them.", nameof(request))
            : request.PayloadHash ?? signed ?? (IsS3 ? PayloadLine.Unsigned : EmptyBodyHash);
    }

    private static string HostOf(SigV4QueryRequest request)
    {
        bool isTls = request.Scheme is "https" or "wss" or "";
        if (!isTls && request.Scheme is not ("http" or "ws"))
        {
            throw new ArgumentException($"The scheme '{Printable.Text(request.Scheme)}' is not supported. Use https, http, wss, ws or an empty string, without '://'.", nameof(request));
        }

        EndpointUrl? parsed = EndpointUrl.Parse((isTls ? "https://" : "http://") + request.Host, out string? problem);
        if (problem is null && parsed!.BasePath.Length > 0)
        {
            problem = $"The host '{Printable.Text(request.Host)}' contains a path. Specify the path in Path.";
        }

        Argument.ThrowIf(problem, nameof(request));
        return parsed!.Authority;
    }

    private string PathOf(SigV4QueryRequest request)
    {
        if (request.Path is not ['/', ..])
        {
            throw new ArgumentException($"The path '{Printable.Text(request.Path)}' does not start with a slash. Use '/' for the root.", nameof(request));
        }

        if (Utf8.CountBytes(request.Path.AsSpan()) < 0)
        {
            throw new ArgumentException($"The path '{Printable.Text(request.Path)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text.", nameof(request));
        }

        return request.NormalizePath ?? !IsS3 ? PathNormalization.Normalize(request.Path) : request.Path;
    }
}
