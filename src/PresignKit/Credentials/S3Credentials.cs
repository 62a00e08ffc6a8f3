using System.Diagnostics;
using System.Text;

namespace PresignKit;

/// <summary>An access key of a store, with the session token and the expiry that temporary credentials have. Immutable and thread-safe.
/// A provider of itself: <c>options.UseCredentials(credentials)</c>.</summary>
/// <remarks>Neither <see cref="ToString"/> nor a message of this library shows the secret access key or the session token.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class S3Credentials : IS3CredentialsProvider
{
    /// <summary>Makes credentials.</summary>
    /// <param name="accessKeyId">The access key id: the public half, which stands in every URL.</param>
    /// <param name="secretAccessKey">The secret access key. It never leaves the process.</param>
    /// <param name="sessionToken">The token of temporary credentials (STS, roles), or <c>null</c>. It stands in every URL as <c>X-Amz-Security-Token</c>.</param>
    /// <param name="expiresAt">The instant at which the store stops taking temporary credentials, and with them every URL that they signed; <c>null</c> where they do not expire.</param>
    /// <exception cref="ArgumentNullException">The access key id or the secret access key is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The access key id, the secret access key or the session token is empty, begins or ends with
    /// white space, or holds a control character: it was copied wrongly, and every URL would answer 403.</exception>
    public S3Credentials(string accessKeyId, string secretAccessKey, string? sessionToken = null, DateTimeOffset? expiresAt = null)
    {
        ArgumentNullException.ThrowIfNull(accessKeyId);
        ArgumentNullException.ThrowIfNull(secretAccessKey);
        ThrowIf(CredentialRules.FindProblem(accessKeyId, "access key id"), nameof(accessKeyId));
        ThrowIf(CredentialRules.FindProblem(secretAccessKey, "secret access key"), nameof(secretAccessKey));
        if (sessionToken is not null)
        {
            ThrowIf(CredentialRules.FindProblem(sessionToken, "session token"), nameof(sessionToken));
        }

        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
        SessionToken = sessionToken;
        EncodedSessionToken = sessionToken is null ? null : Encoding.ASCII.GetBytes(PercentEncoding.Component(sessionToken));
        ExpiresAt = expiresAt;
    }

    /// <summary>The access key id.</summary>
    public string AccessKeyId { get; }

    /// <summary>The secret access key.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string SecretAccessKey { get; }

    /// <summary>The session token of temporary credentials, or <c>null</c>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? SessionToken { get; }

    /// <summary>The instant at which temporary credentials end, or <c>null</c>.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Gets the percent-encoded session token, encoded once for all URLs: tokens have up to 2,000 characters.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[]? EncodedSessionToken { get; }

    /// <summary>The access key id and the expiry, without secret and token.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"S3Credentials {{ AccessKeyId = {AccessKeyId}, SessionToken = {(SessionToken is null ? "none" : "***")}, ExpiresAt = {ExpiresAt?.ToString("u") ?? "never"} }}");

    /// <inheritdoc/>
    ValueTask<S3Credentials> IS3CredentialsProvider.GetCredentialsAsync(CancellationToken cancellationToken) => new(this);

    /// <summary>Determines whether two credentials have the same secret access key, and so the same signing keys.</summary>
    internal bool DerivesSameKeysAs(S3Credentials other) =>
        ReferenceEquals(this, other) || string.Equals(SecretAccessKey, other.SecretAccessKey, StringComparison.Ordinal);

    private static void ThrowIf(string? problem, string paramName)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }
}
