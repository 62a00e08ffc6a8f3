namespace PresignKit;

/// <summary>Verifies POST forms in place of a store, for example in a local store, a service that receives uploads itself, or a test.</summary>
/// <remarks>
/// <para>Create one verifier and reuse it. A verifier is thread-safe and does not perform any I/O itself.</para>
/// <para>The verifier receives the fields that precede the file, not the file itself. If the form is valid, store the file under
/// <see cref="PresignedPostVerificationResult.Key"/>, and enforce <see cref="PresignedPostVerificationResult.ContentLength"/> on the bytes that you read. Ignore fields that
/// follow the file.</para>
/// <para>A verifier follows AWS, which is stricter than some stores. It rejects a form if:</para>
/// <list type="bullet">
/// <item><description>a field is repeated, or does not have a condition in the policy. The fields <c>policy</c>, <c>x-amz-signature</c>, <c>file</c> and <c>x-ignore-*</c> do not
/// need a condition</description></item>
/// <item><description>the policy does not have a condition for the bucket</description></item>
/// <item><description>a field that has a condition is missing, even if the condition is a <c>starts-with</c> with an empty prefix</description></item>
/// <item><description>one of several content types, separated by commas, does not start with the required prefix</description></item>
/// <item><description>the signing time is in the future</description></item>
/// </list>
/// <para>The letter case of field names is ignored. <c>${filename}</c> is replaced in the key before the conditions are checked. In all other fields, it is an ordinary
/// value.</para>
/// <para>Sources: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">POST Object</see>,
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST policy</see>.</para>
/// </remarks>
/// <example><code>
/// PresignedPostVerifier verifier = new(id => keys.Find(id), new() { Region = "us-east-1" });
/// // In ASP.NET Core: read the fields up to the file, and read the file only if the form is valid.
/// MultipartReader reader = new(boundary, request.Body);
/// List&lt;KeyValuePair&lt;string, string&gt;&gt; fields = [];
/// while (await reader.ReadNextSectionAsync() is { } section)
/// {
///     if (section.AsFormDataSection() is { Name: not "file" } field)
///     {
///         fields.Add(new(field.Name, await field.GetValueAsync()));
///         continue;
///     }
///
///     PresignedPostVerificationResult result = verifier.Verify("my-bucket", fields, section.AsFileSection()?.FileName);
///     return result.IsValid ? await Store(result.Key, result.ContentLength, section.Body) : Results.StatusCode(403);
/// }
/// </code></example>
public sealed class PresignedPostVerifier
{
    private readonly Func<string, CancellationToken, ValueTask<S3Credentials?>> _findCredentials;
    private readonly VerificationRules _rules;
    private readonly TimeProvider _timeProvider;
    private readonly SigningKeyCache _keys;

    /// <summary>Initializes a verifier with credentials that are available synchronously.</summary>
    /// <param name="findCredentials">A function that returns the credentials for an access key ID, or <c>null</c> if there are none. It can be called from multiple threads
    /// concurrently.</param>
    /// <param name="options">The options, or <c>null</c> for the defaults. Later changes to the options have no effect.</param>
    /// <param name="timeProvider">The clock, or <c>null</c> for the system clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="findCredentials"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An option is not valid. The message identifies the option.</exception>
    public PresignedPostVerifier(
        Func<string, S3Credentials?> findCredentials, PresignedPostVerifierOptions? options = null, TimeProvider? timeProvider = null)
        : this(Wrap(findCredentials), options, timeProvider)
    {
    }

    /// <summary>Initializes a verifier with credentials that are fetched asynchronously, for example from a database.</summary>
    /// <inheritdoc cref="PresignedPostVerifier(Func{string, S3Credentials}, PresignedPostVerifierOptions, TimeProvider)"/>
    public PresignedPostVerifier(
        Func<string, CancellationToken, ValueTask<S3Credentials?>> findCredentials,
        PresignedPostVerifierOptions? options = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(findCredentials);
        _findCredentials = findCredentials;
        _rules = VerificationRules.From(options ?? new PresignedPostVerifierOptions());
        _timeProvider = timeProvider ?? TimeProvider.System;
        _keys = new SigningKeyCache(_rules.Service);
    }

    /// <summary>Gets the signing key cache. Used only by tests.</summary>
    internal SigningKeyCache Keys => _keys;

    /// <summary>Verifies a form with credentials that are available synchronously.</summary>
    /// <param name="bucket">The bucket to which the form was sent, as specified in the host or the path of the request.</param>
    /// <param name="fields">All fields that precede the file, in the order in which they were received. The fields are enumerated once.</param>
    /// <param name="fileName">The file name in the <c>Content-Disposition</c> header of the file's part, or <c>null</c> if there is none. If it is a path, only the text after the
    /// last slash or backslash is used.</param>
    /// <returns>The status and, if the form is valid, the key and the size range. A malformed form does not cause an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="bucket"/> or <paramref name="fields"/> is <c>null</c>.</exception>
    /// <exception cref="InvalidOperationException">The credentials are not available synchronously. Use <see cref="VerifyAsync"/> instead.</exception>
    public PresignedPostVerificationResult Verify(string bucket, IEnumerable<KeyValuePair<string, string>> fields, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(fields);
        ReceivedForm? form = Parse(fields, fileName, out PresignedPostVerificationResult? rejection);
        if (form is null)
        {
            return rejection!;
        }

        ValueTask<S3Credentials?> pending = _findCredentials(form.AccessKeyId, CancellationToken.None);
        if (pending.IsCompleted)
        {
            return form.Decide(pending.GetAwaiter().GetResult(), bucket, _keys, _timeProvider.GetUtcNow());
        }

        PendingTasks.Abandon(pending.AsTask());
        throw new InvalidOperationException("The credentials have to be fetched first, but Verify never waits. Use VerifyAsync.");
    }

    /// <summary>Verifies a form and waits for the credentials if necessary.</summary>
    /// <param name="bucket">The bucket to which the form was sent, as specified in the host or the path of the request.</param>
    /// <param name="fields">All fields that precede the file, in the order in which they were received. The fields are enumerated once.</param>
    /// <param name="fileName">The file name in the <c>Content-Disposition</c> header of the file's part, or <c>null</c> if there is none. If it is a path, only the text after the
    /// last slash or backslash is used.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <returns>The status and, if the form is valid, the key and the size range.</returns>
    /// <remarks>The credentials are fetched only after all checks that do not require them have succeeded.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="bucket"/> or <paramref name="fields"/> is <c>null</c>.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public ValueTask<PresignedPostVerificationResult> VerifyAsync(
        string bucket, IEnumerable<KeyValuePair<string, string>> fields, string? fileName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(fields);
        return VerifyAsync();

        async ValueTask<PresignedPostVerificationResult> VerifyAsync() =>
            Parse(fields, fileName, out PresignedPostVerificationResult? rejection) is not { } form
                ? rejection!
                : form.Decide(
                    await PendingTasks.WaitAsync(_findCredentials(form.AccessKeyId, cancellationToken), cancellationToken).ConfigureAwait(false),
                    bucket,
                    _keys,
                    _timeProvider.GetUtcNow());
    }

    private static Func<string, CancellationToken, ValueTask<S3Credentials?>> Wrap(Func<string, S3Credentials?> findCredentials)
    {
        ArgumentNullException.ThrowIfNull(findCredentials);
        return (accessKeyId, _) => new ValueTask<S3Credentials?>(findCredentials(accessKeyId));
    }

    private ReceivedForm? Parse(IEnumerable<KeyValuePair<string, string>> fields, string? fileName, out PresignedPostVerificationResult? rejection)
    {
        ReceivedForm form = ReceivedForm.Parse(fields, fileName, out rejection);
        rejection ??= form.CheckScopeAndTime(_rules, _timeProvider.GetUtcNow());
        return rejection is null ? form : null;
    }
}
