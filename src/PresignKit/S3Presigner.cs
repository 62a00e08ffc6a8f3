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
    private const int UsualSize = 2048;

    private readonly TimeProvider _timeProvider;

    // Read once for every URL, so that none is signed half with the old options and half with the new.
    private volatile PresignerState _state;

    /// <summary>Makes a presigner of what the options say now; later changes to them have no effect.</summary>
    /// <param name="options">The store, the credentials and the defaults.</param>
    /// <param name="timeProvider">The clock; <c>null</c> for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <c>null</c>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid; the message says all that is wrong with them.</exception>
    public S3Presigner(PresignerOptions options, TimeProvider? timeProvider = null)
        : this(PresignerOptionsValidator.Require(options), timeProvider)
    {
    }

    internal S3Presigner(PresignerSettings settings, TimeProvider? timeProvider)
    {
        _state = new PresignerState(settings);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public PresignedUrl Presign(S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresignerState state = _state;
        return Presign(operation, state, CurrentCredentials(state.Settings));
    }

    /// <inheritdoc/>
    public async ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        cancellationToken.ThrowIfCancellationRequested();
        PresignerState state = _state;
        return Presign(operation, state, await FetchCredentialsAsync(state.Settings, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes other settings from now on. What has begun ends with the old ones.</summary>
    internal void Use(PresignerSettings settings) => _state = new PresignerState(settings);

    private PresignedUrl Presign(S3Operation operation, PresignerState state, S3Credentials credentials) =>
        Presign(operation, state, state.Settings.Validity, credentials);

    private PresignedUrl Presign(S3Operation operation, PresignerState state, ValidityRules rules, S3Credentials credentials)
    {
        RequestDescription request = RequestDescription.Rent();
        ByteBuffer buffer = new(UsualSize);
        try
        {
            Describe(operation, state.Settings, request);
            Validity validity = Validity.Of(operation.ExpiresIn, rules, credentials, _timeProvider, nameof(operation));
            string url = Platform.AsciiToString(AppendUrl(ref buffer, operation, request, state, credentials, validity));
            return new PresignedUrl(url, request.Method, validity.SignedAt, validity.ExpiresAt, PresignedUrl.HeadersToSend(request.Headers));
        }
        finally
        {
            buffer.Dispose();
            request.Return();
        }
    }

    private static void Describe(S3Operation operation, PresignerSettings settings, RequestDescription request)
    {
        operation.Describe(request);
        if (settings.LocksHeaders && request.Target == RequestTarget.Object && (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post))
        {
            request.LockUnsignedHeaders();
        }
    }

    private static S3Credentials CurrentCredentials(PresignerSettings settings)
    {
        if (settings.Credentials is not null)
        {
            return settings.Credentials;
        }

        ValueTask<S3Credentials> pending = settings.CredentialsProvider!.GetCredentialsAsync();
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

    private static async ValueTask<S3Credentials> FetchCredentialsAsync(PresignerSettings settings, CancellationToken cancellationToken) => settings.Credentials
        ?? RequireCredentials(await settings.CredentialsProvider!.GetCredentialsAsync(cancellationToken).ConfigureAwait(false));

    private static S3Credentials RequireCredentials(S3Credentials? credentials) =>
        credentials ?? throw new InvalidOperationException("The provider of the credentials returned null. It has to return credentials or throw.");
}
