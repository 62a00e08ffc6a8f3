using System.Diagnostics.CodeAnalysis;

namespace PresignKit;

/// <summary>The result of the verification of a POST form.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
public sealed class PresignedPostVerificationResult
{
    internal PresignedPostVerificationResult(PresignedPostVerificationStatus status, string? field = null)
    {
        Status = status;
        Field = field;
    }

    /// <summary>Gets the status: <see cref="PresignedPostVerificationStatus.Valid"/>, or the first reason for rejecting the form.</summary>
    public PresignedPostVerificationStatus Status { get; }

    /// <summary>Gets a value that indicates whether the form is valid.</summary>
    [MemberNotNullWhen(true, nameof(Key), nameof(AccessKeyId), nameof(ExpiresAt))]
    public bool IsValid => Status == PresignedPostVerificationStatus.Valid;

    /// <summary>Gets the key under which the file must be stored, or <c>null</c> if the form is not valid.</summary>
    /// <remarks>
    /// <c>${filename}</c> is replaced with the name of the file. Use this value instead of the <c>key</c> field. It has at most 1,024 bytes in UTF-8. A key can contain
    /// <c>..</c> segments, so do not use it as a file path.
    /// </remarks>
    public string? Key { get; internal init; }

    /// <summary>Gets the range of sizes that the policy allows for the file.</summary>
    /// <value>The range that satisfies every <c>content-length-range</c> condition, or <c>null</c> if the policy does not limit the size or the form is not valid.</value>
    /// <remarks>
    /// The verifier does not receive the file, so the caller must enforce the range on the file's bytes. Stop reading as soon as the maximum is exceeded. AWS responds with
    /// 400 <c>EntityTooLarge</c> or <c>EntityTooSmall</c>.
    /// </remarks>
    public ContentLengthRange? ContentLength { get; internal init; }

    /// <summary>Gets the access key ID in the form, or <c>null</c> if the form was rejected before the access key ID was read.</summary>
    /// <remarks>The access key ID was not verified if the form was rejected before its signature was checked.</remarks>
    public string? AccessKeyId { get; internal init; }

    /// <summary>Gets the instant at which the policy expires, or <c>null</c> if the form was rejected before the policy was read.</summary>
    /// <remarks>The policy is read only if its signature is correct.</remarks>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>Gets the name of the field that caused the rejection, or <c>null</c> if the form is valid or the reason does not concern a single field.</summary>
    /// <value>
    /// The name of a missing field in the letter case in which AWS reports it, such as <c>X-Amz-Signature</c>, or the name of any other field as it was sent. <c>bucket</c>
    /// and <c>file</c> refer to the bucket and to the name of the file.
    /// </value>
    /// <remarks>The name can come from the client and can contain any characters.</remarks>
    public string? Field { get; }

    /// <summary>Gets the condition that failed, as JSON in the form in which AWS quotes it.</summary>
    /// <value>
    /// A condition such as <c>["eq", "$acl", "private"]</c>, or <c>null</c> unless the status is <see cref="PresignedPostVerificationStatus.ConditionFailed"/>. A condition that
    /// the policy contains as an object is also quoted as an array. Session tokens and customer-provided encryption keys are replaced with <c>***</c>.
    /// </value>
    public string? Condition { get; internal init; }

    /// <summary>Gets a description of the problem with a malformed form or policy.</summary>
    /// <value><c>null</c> unless the status is <see cref="PresignedPostVerificationStatus.Malformed"/> or <see cref="PresignedPostVerificationStatus.MalformedPolicy"/>.</value>
    public string? Problem { get; internal init; }

    /// <summary>Returns the status, followed by the key if the form is valid and by the reason otherwise.</summary>
    public override string ToString() => (Key ?? Condition ?? Problem ?? Field) is { } detail ? $"{Status}: {Printable.Text(detail, maxLength: 500)}" : Status.ToString();
}
