using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Represents the credentials for a store: an access key and, for temporary credentials, a session token and an expiry.</summary>
/// <remarks>
/// <para>Instances are immutable and thread-safe. An instance can be used in place of a provider, as in <c>options.UseCredentials(credentials)</c>.</para>
/// <para>Neither <see cref="ToString"/> nor any message from this library contains the secret access key or the session token. Serializers that honor
/// <see cref="JsonIgnoreAttribute"/> or <see cref="IgnoreDataMemberAttribute"/>, such as System.Text.Json and Newtonsoft.Json, omit both.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class S3Credentials : IS3CredentialsProvider
{
    /// <summary>Initializes a new instance of the <see cref="S3Credentials"/> class.</summary>
    /// <param name="accessKeyId">The access key ID. It is not secret, and every URL contains it.</param>
    /// <param name="secretAccessKey">The secret access key. It never leaves the process.</param>
    /// <param name="sessionToken">The session token for temporary credentials (from STS or a role), or <c>null</c>. Every URL contains it as <c>X-Amz-Security-Token</c>.</param>
    /// <param name="expiresAt">The instant at which temporary credentials expire, or <c>null</c> if they do not expire. URLs that are signed with the credentials
    /// expire no later than the credentials.</param>
    /// <exception cref="ArgumentNullException"><paramref name="accessKeyId"/> or <paramref name="secretAccessKey"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An argument is empty, is enclosed in quotation marks, is a placeholder such as <c>${KEY}</c>, or contains white space, a control
    /// character or a non-ASCII character. This exception is also thrown if the access key ID and the secret access key appear to be swapped.</exception>
    public S3Credentials(string accessKeyId, string secretAccessKey, string? sessionToken = null, DateTimeOffset? expiresAt = null)
    {
        ArgumentNullException.ThrowIfNull(accessKeyId);
        ArgumentNullException.ThrowIfNull(secretAccessKey);
        Argument.ThrowIf(CredentialRules.FindProblem(accessKeyId, "access key ID"), nameof(accessKeyId));
        Argument.ThrowIf(CredentialRules.FindProblem(secretAccessKey, "secret access key") ?? CredentialRules.FindSwap(accessKeyId, secretAccessKey), nameof(secretAccessKey));
        if (sessionToken is not null)
        {
            Argument.ThrowIf(CredentialRules.FindProblem(sessionToken, CredentialRules.SessionToken), nameof(sessionToken));
            EncodedSessionToken = Encoding.ASCII.GetBytes(PercentEncoding.Component(sessionToken));
        }

        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
        SessionToken = sessionToken;
        ExpiresAt = expiresAt;
        LacksSessionToken = sessionToken is null && CredentialRules.IsTemporary(accessKeyId);
    }

    /// <summary>Gets the access key ID.</summary>
    public string AccessKeyId { get; }

    /// <summary>Gets the secret access key.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    [IgnoreDataMember]
    public string SecretAccessKey { get; }

    /// <summary>Gets the session token for temporary credentials, or <c>null</c> if there is none.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    [IgnoreDataMember]
    public string? SessionToken { get; }

    /// <summary>Gets the instant at which temporary credentials expire, or <c>null</c> if the credentials do not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Gets the percent-encoded session token, as it appears in a query, or <c>null</c> if there is none.</summary>
    /// <remarks>Session tokens are long, so the token is encoded once rather than for every URL.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[]? EncodedSessionToken { get; }

    /// <summary>Gets a value that indicates whether AWS rejects the credentials because they are temporary and do not have a session token.</summary>
    internal bool LacksSessionToken { get; }

    /// <summary>Returns the access key ID and the expiry, but not the secret access key or the session token.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"S3Credentials {{ AccessKeyId = {AccessKeyId}, SessionToken = {(SessionToken is null ? "none" : "***")}, ExpiresAt = {ExpiresAt?.ToString("u") ?? "never"} }}");

    /// <inheritdoc/>
    ValueTask<S3Credentials> IS3CredentialsProvider.GetCredentialsAsync(CancellationToken cancellationToken) => new(this);
}
