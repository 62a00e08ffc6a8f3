namespace PresignKit;

/// <summary>Specifies how strictly a retention period is enforced.</summary>
public enum ObjectLockMode
{
    /// <summary>Users with special permissions can shorten or remove the retention period (<c>GOVERNANCE</c>).</summary>
    Governance,

    /// <summary>No user can shorten or remove the retention period (<c>COMPLIANCE</c>).</summary>
    Compliance,
}
