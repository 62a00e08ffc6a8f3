using System.Diagnostics;

namespace PresignKit;

/// <summary>What <see cref="S3Presigner.Resign"/> changes in a URL, and what it needs to know that the URL does not hold. Immutable and thread-safe.</summary>
public sealed record ResignChanges
{
    /// <summary>Query parameters, not encoded, that are added, or that replace those of the same name.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> SetQuery
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(SetQuery));
    } = [];

    /// <summary>Names of query parameters that are taken out; one that is not there does no harm.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public IReadOnlyList<string> RemoveQuery
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(RemoveQuery));
    } = [];

    /// <summary>Response headers that are overridden; those that are <c>null</c> stay as the URL has them.</summary>
    public ResponseHeaderOverrides? ResponseHeaders { get; init; }

    /// <summary>How long the new URL holds, 1 second to 7 days; <c>null</c>, the default, for what the old one has left, not a second more.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>The headers that the old URL signs besides <c>host</c>, with their values (<see cref="PresignedUrl.RequiredHeaders"/> of the old one): a URL names them only. They are signed again.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<KeyValuePair<string, string>> Headers
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Headers));
    } = [];

    /// <summary>Whether a URL that has expired is accepted: <see cref="ExpiresIn"/> is needed then. <c>false</c> by default. Accept it only from a caller who may have a new URL:
    /// with it, no URL of yours ever ends.</summary>
    public bool AcceptExpired { get; init; }

    /// <summary>Names of query parameters that may stand behind the signature, appended to the URL after it was signed; they are signed now, with the values that
    /// they have. None by default: whoever had the URL may have appended them.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public IReadOnlyList<string> AcceptAppended
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(AcceptAppended));
    } = [];
}
