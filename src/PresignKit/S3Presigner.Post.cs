using PresignKit.Signing;

namespace PresignKit;

/// <content>From a policy to the form: the policy's text itself is what is signed.</content>
public sealed partial class S3Presigner
{
    /// <inheritdoc/>
    public PresignedPost PresignPost(PostPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        PresignerState state = _state;
        return PresignPost(policy, state, CurrentCredentials(state.Settings));
    }

    /// <inheritdoc/>
    public async ValueTask<PresignedPost> PresignPostAsync(PostPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        cancellationToken.ThrowIfCancellationRequested();
        PresignerState state = _state;
        return PresignPost(policy, state, await FetchCredentialsAsync(state.Settings, cancellationToken).ConfigureAwait(false));
    }

    private PresignedPost PresignPost(PostPolicy policy, PresignerState state, S3Credentials credentials)
    {
        PresignerSettings settings = state.Settings;
        if (settings.Endpoint.FindPostProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(policy));
        }

        string bucket = BucketOf(policy.Bucket, settings, nameof(policy));
        RequestLocation location = state.LocationOf(bucket, nameof(policy));
        using PostForm form = new();
        policy.Describe(form, bucket);
        Validity validity = Validity.Of(policy.ExpiresIn, settings.Validity, credentials, _timeProvider, nameof(policy));
        SigningKey key = state.KeyFor(credentials, location.Region, validity.SignedAt.UtcDateTime);
        Sign(form, key, credentials, validity);
        return new PresignedPost(form, location.BucketUrl, validity.ExpiresAt);
    }

    private static void Sign(PostForm form, SigningKey key, S3Credentials credentials, Validity validity)
    {
        ByteBuffer buffer = new(UsualSize);
        try
        {
            Signer signer = key.Rent();
            form.AddUnchecked("x-amz-algorithm", StringToSign.Algorithm);
            form.AddUnchecked("x-amz-credential", signer.ParametersOf(credentials.AccessKeyId, credentials.SessionToken).Credential);
            form.AddUnchecked("x-amz-date", key.Scope.Timestamp(validity.SignedAt.UtcDateTime));
            if (credentials.SessionToken is not null)
            {
                form.AddUnchecked("x-amz-security-token", credentials.SessionToken);
            }

            ReadOnlySpan<byte> base64 = PolicyDocument.AppendBase64(ref buffer, form, validity.ExpiresAt.UtcDateTime);
            string policy = Platform.AsciiToString(base64);
            Span<byte> signature = stackalloc byte[Signer.SignatureSize];
            signer.Sign(base64, signature);
            key.Return(signer);
            buffer.Truncate(0);
            buffer.AppendHex(signature);
            form.Finish(policy, Platform.AsciiToString(buffer.Written));
        }
        finally
        {
            buffer.Dispose();
        }
    }
}
