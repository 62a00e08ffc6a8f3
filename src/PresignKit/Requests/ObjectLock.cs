namespace PresignKit;

/// <summary>The Object Lock settings of a new object, which prevent it from being deleted or overwritten.</summary>
/// <remarks>
/// The bucket must have Object Lock enabled. AWS also requires <see cref="PutObject.ContentMD5"/> or <see cref="PutObject.Checksum"/>. Instances are immutable and
/// thread-safe. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">Object Lock</see>.
/// </remarks>
public sealed record ObjectLock
{
    /// <summary>Gets the retention mode (<c>x-amz-object-lock-mode</c>).</summary>
    /// <value>The default is <c>null</c>. This property must be set together with <see cref="RetainUntil"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to an undefined value.</exception>
    public ObjectLockMode? Mode
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(Mode));
    }

    /// <summary>Gets the end of the retention period (<c>x-amz-object-lock-retain-until-date</c>).</summary>
    /// <value>A time in whole seconds. A fraction of a second is rounded up. The default is <c>null</c>. This property must be set together with <see cref="Mode"/>.</value>
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>Gets a value that indicates whether the object is under a legal hold, which does not have an end date.</summary>
    /// <value>The default is <c>null</c>, in which case <c>x-amz-object-lock-legal-hold</c> is not signed.</value>
    public bool? LegalHold { get; init; }

    internal void AddTo(RequestBuilder request)
    {
        request.ThrowIf(
            (Mode is null) != (RetainUntil is null),
            "Only one of ObjectLock.Mode and ObjectLock.RetainUntil is set. Set both, or neither (LegalHold does not require them).");
        request.ThrowIf(Mode is null && LegalHold is null, "ObjectLock does not have any settings. Set Mode and RetainUntil, or LegalHold, or leave ObjectLock null.");
        if (RetainUntil is not null)
        {
            request.AddHeader("x-amz-object-lock-mode", Mode == ObjectLockMode.Compliance ? "COMPLIANCE" : "GOVERNANCE");
            request.AddHeader("x-amz-object-lock-retain-until-date", InvariantText.IsoDate(RetainUntil.Value));
        }

        request.AddOptionalHeader("x-amz-object-lock-legal-hold", LegalHold switch { true => "ON", false => "OFF", null => null });
    }
}
