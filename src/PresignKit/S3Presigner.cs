using PresignKit.Signing;

namespace PresignKit;

/// <summary>Makes presigned URLs and forms for a store. Make one and keep it: it holds the signing key of the day. Thread-safe.</summary>
/// <example><code>
/// PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "…", SecretAccessKey = "…" };
/// options.UseDigitalOceanSpaces("nyc3");
/// S3Presigner presigner = new(options);
/// string link = presigner.Presign(new GetObject("reports/2026.pdf")).Url;
/// </code></example>
public sealed partial class S3Presigner : IPresigner
{
    private const string Service = "s3";
    private const int UsualSize = 2048;

    private readonly PresignerSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly DayKey _key;
    private DayKey? _otherKey;

    /// <summary>Makes a presigner of what the options say now; later changes to them have no effect.</summary>
    /// <param name="options">The store, the credentials and the defaults.</param>
    /// <param name="timeProvider">The clock; <c>null</c> for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <c>null</c>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid; the message says all that is wrong with them.</exception>
    public S3Presigner(PresignerOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = PresignerOptionsValidator.Require(options);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _key = new DayKey(_settings.Endpoint.Region, Service);
    }

    /// <inheritdoc/>
    public PresignedUrl Presign(S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Presign(operation, CurrentCredentials());
    }

    /// <inheritdoc/>
    public async ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        cancellationToken.ThrowIfCancellationRequested();
        S3Credentials credentials = _settings.Credentials
            ?? RequireCredentials(await _settings.CredentialsProvider!.GetCredentialsAsync(cancellationToken).ConfigureAwait(false));
        return Presign(operation, credentials);
    }

    /// <summary>Presigns an operation that needs no headers but <c>host</c>, into memory of the caller's. Allocates nothing on .NET 8 and later
    /// (but for the text of a date or a number that the operation holds).</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <param name="destination">Where the URL goes.</param>
    /// <param name="charsWritten">The length of the URL; 0 where it did not fit.</param>
    /// <returns>Whether <paramref name="destination"/> was long enough.</returns>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    /// <exception cref="ArgumentException">The operation signs headers, which the URL alone does not tell: use <see cref="Presign(S3Operation)"/>.</exception>
    public bool TryPresign(S3Operation operation, Span<char> destination, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(operation);
        S3Credentials credentials = CurrentCredentials();
        RequestDescription request = RequestDescription.Rent();
        ByteBuffer buffer = new(UsualSize);
        try
        {
            Describe(operation, request);
            RefuseHeaders(request, nameof(operation));
            Validity validity = Validity.Of(operation.ExpiresIn, _settings.Validity, credentials, _timeProvider, nameof(operation));
            ReadOnlySpan<byte> url = AppendUrl(ref buffer, operation, request, credentials, validity);
            charsWritten = url.Length <= destination.Length ? url.Length : 0;
            Platform.AsciiToChars(url[..charsWritten], destination);
            return charsWritten > 0;
        }
        finally
        {
            buffer.Dispose();
            request.Return();
        }
    }

    private PresignedUrl Presign(S3Operation operation, S3Credentials credentials)
    {
        RequestDescription request = RequestDescription.Rent();
        ByteBuffer buffer = new(UsualSize);
        try
        {
            Describe(operation, request);
            Validity validity = Validity.Of(operation.ExpiresIn, _settings.Validity, credentials, _timeProvider, nameof(operation));
            string url = Platform.AsciiToString(AppendUrl(ref buffer, operation, request, credentials, validity));
            return new PresignedUrl(url, request.Method, validity.SignedAt, validity.ExpiresAt, PresignedUrl.HeadersToSend(request.Headers));
        }
        finally
        {
            buffer.Dispose();
            request.Return();
        }
    }

    private void Describe(S3Operation operation, RequestDescription request)
    {
        operation.Describe(request);
        if (_settings.LocksHeaders && request.Target == RequestTarget.Object && (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post))
        {
            request.LockUnsignedHeaders();
        }
    }

    private static void RefuseHeaders(RequestDescription request, string paramName)
    {
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            if (header.Value is not null)
            {
                throw new ArgumentException(
                    $"The operation signs the header '{header.Key}', which must be sent with the URL. Use Presign, whose result holds it.", paramName);
            }
        }
    }

    private S3Credentials CurrentCredentials()
    {
        if (_settings.Credentials is not null)
        {
            return _settings.Credentials;
        }

        ValueTask<S3Credentials> pending = _settings.CredentialsProvider!.GetCredentialsAsync();
        if (pending.IsCompleted)
        {
            return RequireCredentials(pending.GetAwaiter().GetResult());
        }

        // Nobody waits for this one: its failure must not turn up as an unobserved exception.
        _ = pending.AsTask().ContinueWith(
            static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw new InvalidOperationException(
            "The provider of the credentials has to fetch them first, and Presign never blocks. Use PresignAsync (PresignPostAsync for a form), or a provider that keeps current ones.");
    }

    private static S3Credentials RequireCredentials(S3Credentials? credentials) =>
        credentials ?? throw new InvalidOperationException("The provider of the credentials returned null. It has to return credentials or throw.");

    // The region of an access point's ARN signs: the last one that is not the endpoint's has a key of its own, swapped whole.
    private DayKey KeyFor(string region)
    {
        if (region == _key.Region)
        {
            return _key;
        }

        DayKey? other = Volatile.Read(ref _otherKey);
        if (other?.Region != region)
        {
            other = new DayKey(region, Service);
            Volatile.Write(ref _otherKey, other);
        }

        return other;
    }
}
