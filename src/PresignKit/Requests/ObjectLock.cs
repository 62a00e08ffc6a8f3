namespace PresignKit;

/// <summary>Keeps the new object from being deleted or overwritten, in a bucket with Object Lock. Immutable.</summary>
/// <remarks>
/// AWS wants a <see cref="PutObject.ContentMD5"/> or a <see cref="PutObject.Checksum"/> with it.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">Object Lock</see>.
/// </remarks>
public sealed record ObjectLock
{
    /// <summary>How firmly it is kept; together with <see cref="RetainUntil"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a value that the enumeration does not define.</exception>
    public ObjectLockMode? Mode
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(Mode));
    }

    /// <summary>Until when, in whole seconds (a fraction is rounded up); together with <see cref="Mode"/>.</summary>
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>Whether a legal hold is placed on it, which has no end of its own; <c>null</c> (the default) says nothing.</summary>
    public bool? LegalHold { get; init; }

    internal void Describe(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            (Mode is null) != (RetainUntil is null),
            "ObjectLock has one of Mode and RetainUntil without the other. Set both, or neither (a LegalHold stands by itself).");
        RequestBuilder.RefuseIf(
            Mode is null && LegalHold is null, "ObjectLock says nothing. Set Mode and RetainUntil, or LegalHold, or leave ObjectLock null.");
        if (RetainUntil is not null)
        {
            request.AddHeader("x-amz-object-lock-mode", Mode == ObjectLockMode.Compliance ? "COMPLIANCE" : "GOVERNANCE");
            request.AddHeader("x-amz-object-lock-retain-until-date", InvariantText.IsoDate(RetainUntil.Value));
        }

        request.AddOptionalHeader("x-amz-object-lock-legal-hold", LegalHold switch { true => "ON", false => "OFF", null => null });
    }
}
