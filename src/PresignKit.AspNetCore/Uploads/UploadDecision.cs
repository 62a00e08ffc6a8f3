namespace PresignKit.AspNetCore;

/// <summary>The result of <see cref="UploadOptions.AllowUpload"/>.</summary>
public sealed class UploadDecision
{
    private UploadDecision(string? reason) => Reason = reason;

    /// <summary>Gets the decision to allow the upload.</summary>
    public static UploadDecision Allow { get; } = new(null);

    /// <summary>Gets the reason for the rejection.</summary>
    /// <value><c>null</c> if the upload is allowed.</value>
    public string? Reason { get; }

    /// <summary>Creates the decision to reject the upload. The client receives the status 403.</summary>
    /// <param name="reason">A sentence for the user, such as <c>Your files already use 1 GB. Delete some of them first.</c></param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is <c>null</c> or empty.</exception>
    public static UploadDecision Reject(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new(reason);
    }
}
