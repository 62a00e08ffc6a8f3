namespace PresignKit;

/// <summary>How firmly an object is kept.</summary>
public enum ObjectLockMode
{
    /// <summary>Those with the permission for it can lift the lock (<c>GOVERNANCE</c>).</summary>
    Governance,

    /// <summary>Nobody can lift or shorten the lock (<c>COMPLIANCE</c>).</summary>
    Compliance,
}
