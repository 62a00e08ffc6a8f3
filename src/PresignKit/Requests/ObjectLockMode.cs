namespace PresignKit;

/// <summary>Specifies how strictly a retention period is enforced.</summary>
public enum ObjectLockMode
{
    /// <summary>Users with a special permission can remove the retention (<c>GOVERNANCE</c>).</summary>
    Governance,

    /// <summary>No user can remove or shorten the retention (<c>COMPLIANCE</c>).</summary>
    Compliance,
}
