namespace PresignKit;

/// <content>What is signed, as text.</content>
public sealed partial class S3Presigner
{
    /// <summary>Presigns an operation and tells what was signed, for a look at a <c>403 SignatureDoesNotMatch</c>.</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <returns>Canonical request, string to sign and signed headers; without the key, the session token and SSE-C headers masked.</returns>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    public SignatureExplanation Explain(S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresignerState state = _state;
        PresignedUrl presigned = Presign(operation, state, CurrentCredentials(state.Settings));
        return SignatureExplanation.Of(presigned.Method, AtStore(presigned.Url, state.Settings, out _), presigned.RequiredHeaders, isSignedNow: true);
    }
}
