namespace PresignKit;

/// <summary>Creates presigned URLs and forms for a store.</summary>
/// <remarks>Instances are thread-safe. Create one presigner per store and reuse it, because each presigner caches its signing keys.</remarks>
/// <example><code>
/// PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "…", SecretAccessKey = "…" };
/// options.UseDigitalOceanSpaces("nyc3");
/// S3Presigner presigner = new(options);
/// string link = presigner.Presign(new GetObject("reports/2026.pdf")).Url;
/// </code></example>
public sealed class S3Presigner : IPresigner
{
    private const int UsualSize = 2048;

    private readonly TimeProvider _timeProvider;

    // Read once per call, so that a concurrent reload cannot mix old and new options in one URL.
    private volatile PresigningPipeline _pipeline;

    /// <summary>Initializes a presigner from a snapshot of the options.</summary>
    /// <param name="options">The store, the credentials and the defaults. Later changes to the options have no effect.</param>
    /// <param name="timeProvider">The clock, or <c>null</c> for the system clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <c>null</c>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid. The message lists every problem.</exception>
    public S3Presigner(PresignerOptions options, TimeProvider? timeProvider = null)
        : this(PresignerOptionsValidator.Require(options), timeProvider)
    {
    }

    internal S3Presigner(PresignerSettings settings, TimeProvider? timeProvider)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _pipeline = new PresigningPipeline(settings, _timeProvider);
    }

    /// <inheritdoc/>
    public PresignedUrl Presign(S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresigningPipeline pipeline = _pipeline;
        return pipeline.Presign(operation, pipeline.CurrentCredentials());
    }

    /// <inheritdoc/>
    public ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return PresignAsync(_pipeline);

        async ValueTask<PresignedUrl> PresignAsync(PresigningPipeline pipeline)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return pipeline.Presign(operation, await pipeline.FetchCredentialsAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Presigns an operation and writes the URL to a character buffer.</summary>
    /// <param name="operation">The operation that the URL allows.</param>
    /// <param name="destination">The buffer for the URL.</param>
    /// <param name="charsWritten">The number of characters written, or 0 if the URL does not fit.</param>
    /// <returns><c>true</c> if the URL was written, or <c>false</c> if <paramref name="destination"/> is too short.</returns>
    /// <remarks>
    /// <para>The operation must not require any signed headers except <c>host</c>, because the method returns only the URL.</para>
    /// <para>On .NET 8 and later, this method allocates memory in only two cases: when a date or a number in the operation is formatted, and when the first URL for a bucket
    /// other than the default bucket is created.</para>
    /// </remarks>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    /// <exception cref="ArgumentException">The operation requires signed headers, but this method returns only the URL. Use <see cref="Presign(S3Operation)"/>.</exception>
    public bool TryPresign(S3Operation operation, Span<char> destination, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresigningPipeline pipeline = _pipeline;
        ByteBuffer buffer = new(UsualSize);
        try
        {
            ReadOnlySpan<byte> url = pipeline.AppendBareUrl(ref buffer, operation, pipeline.CurrentCredentials());
            charsWritten = url.Length <= destination.Length ? url.Length : 0;
            Platform.AsciiToChars(url[..charsWritten], destination);
            return charsWritten > 0;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Presigns an operation and writes the URL to a buffer of UTF-8 bytes, which can be passed to a <c>Utf8JsonWriter</c>.</summary>
    /// <param name="operation">The operation that the URL allows.</param>
    /// <param name="utf8Destination">The buffer for the URL, which contains only ASCII characters.</param>
    /// <param name="bytesWritten">The number of bytes written, or 0 if the URL does not fit.</param>
    /// <returns><c>true</c> if the URL was written, or <c>false</c> if <paramref name="utf8Destination"/> is too short.</returns>
    /// <example><code>
    /// Span&lt;byte&gt; url = stackalloc byte[2048];
    /// if (presigner.TryPresign(new GetObject(key), url, out int length))
    /// {
    ///     json.WriteString("url"u8, url[..length]);      // Utf8JsonWriter
    /// }
    /// </code></example>
    /// <inheritdoc cref="TryPresign(S3Operation, Span{char}, out int)" path="/remarks"/>
    /// <inheritdoc cref="TryPresign(S3Operation, Span{char}, out int)" path="/exception"/>
    public bool TryPresign(S3Operation operation, Span<byte> utf8Destination, out int bytesWritten)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresigningPipeline pipeline = _pipeline;
        ByteBuffer buffer = new(UsualSize);
        try
        {
            ReadOnlySpan<byte> url = pipeline.AppendBareUrl(ref buffer, operation, pipeline.CurrentCredentials());
            bytesWritten = url.TryCopyTo(utf8Destination) ? url.Length : 0;
            return bytesWritten > 0;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <inheritdoc/>
    public PresignedPost PresignPost(PostPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        PresigningPipeline pipeline = _pipeline;
        return pipeline.PresignPost(policy, pipeline.CurrentCredentials());
    }

    /// <inheritdoc/>
    public ValueTask<PresignedPost> PresignPostAsync(PostPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return PresignPostAsync(_pipeline);

        async ValueTask<PresignedPost> PresignPostAsync(PresigningPipeline pipeline)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return pipeline.PresignPost(policy, await pipeline.FetchCredentialsAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Re-signs a URL from this presigner with changed query parameters or a new lifetime.</summary>
    /// <param name="url">The URL. Its signature is first verified with this presigner's credentials, so that a forged URL is never signed.</param>
    /// <param name="method">The method that the URL is signed for. The URL itself does not contain the method.</param>
    /// <param name="changes">The changes to make, or <c>null</c> to make no changes.</param>
    /// <returns>The new URL and the names of the parameters that were kept, set and removed. If <see cref="ResignChanges.ExpiresIn"/> is not set, the new URL expires at the
    /// same time as the old URL.</returns>
    /// <remarks>The URL's access key, bucket, host and session token (if any) must match this presigner's values. If the credentials have been renewed since the URL was
    /// signed, presign the operation again instead.</remarks>
    /// <example><code>
    /// presigner.Resign(url, HttpMethod.Get, new() { SetQuery = [new("response-content-type", "text/plain")] }).Url
    /// </code></example>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="method"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is not from this presigner, has expired or has an invalid signature, or a change cannot be signed. The message describes the
    /// problem.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The new lifetime is less than 1 second, exceeds the store's maximum, or exceeds the lifetime of the credentials.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or the provider needs to fetch them first. In the latter case, use
    /// <see cref="ResignAsync"/>.</exception>
    public ResignedUrl Resign(string url, HttpMethod method, ResignChanges? changes = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(method);
        PresigningPipeline pipeline = _pipeline;
        return Resigner.Resign(url, method, changes ?? new ResignChanges(), pipeline, pipeline.CurrentCredentials());
    }

    /// <summary>Re-signs a URL from this presigner, waiting asynchronously for the credentials if the provider needs to fetch them.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="method">The method that the URL is signed for.</param>
    /// <param name="changes">The changes to make, or <c>null</c> to make no changes.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <inheritdoc cref="Resign" path="/returns|/remarks|/exception"/>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public ValueTask<ResignedUrl> ResignAsync(string url, HttpMethod method, ResignChanges? changes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(method);
        return ResignAsync(_pipeline);

        async ValueTask<ResignedUrl> ResignAsync(PresigningPipeline pipeline)
        {
            cancellationToken.ThrowIfCancellationRequested();
            S3Credentials credentials = await pipeline.FetchCredentialsAsync(cancellationToken).ConfigureAwait(false);
            return Resigner.Resign(url, method, changes ?? new ResignChanges(), pipeline, credentials);
        }
    }

    /// <summary>Presigns an operation and returns the strings that were signed.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>The canonical request, the string to sign and the signed headers. The secret access key is not included. The session token and SSE-C headers are
    /// masked.</returns>
    /// <remarks>Use this method to find the cause of a <c>403 SignatureDoesNotMatch</c> response.</remarks>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    public SignatureExplanation Explain(S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresigningPipeline pipeline = _pipeline;
        PresignedUrl presigned = pipeline.Presign(operation, pipeline.CurrentCredentials());
        return SignatureExplanation.Of(presigned.Method, pipeline.AtStore(presigned.Url, out _), presigned.RequiredHeaders, isSignedNow: true);
    }

    /// <summary>Replaces the options for subsequent calls.</summary>
    /// <remarks>Calls in progress finish with the old options.</remarks>
    internal void Use(PresignerSettings settings)
    {
        PresigningPipeline previous = _pipeline;
        _pipeline = new PresigningPipeline(settings, _timeProvider);
        previous.Keys.Clear();
    }
}
