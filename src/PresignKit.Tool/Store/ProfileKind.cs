namespace PresignKit.Tool.Store;

/// <summary>The kinds of profiles: how a profile obtains credentials.</summary>
internal enum ProfileKind
{
    /// <summary>The profile contains settings only.</summary>
    None,

    /// <summary>An access key, possibly with a session token, in one of the two files.</summary>
    AccessKey,

    /// <summary>A role that is assumed with the credentials of a different profile, the environment or the machine.</summary>
    Role,

    /// <summary>A role that is assumed with a token in a file.</summary>
    WebIdentity,

    /// <summary>IAM Identity Center, after <c>aws sso login</c>.</summary>
    Sso,

    /// <summary>The session of the AWS console, after <c>aws login</c>.</summary>
    Login,

    /// <summary>The output of the program in <c>credential_process</c>.</summary>
    Process,
}
