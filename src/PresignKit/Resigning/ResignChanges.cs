using System.Diagnostics;

namespace PresignKit;

/// <summary>The changes that <see cref="S3Presigner.Resign"/> makes to a URL, along with any required information that the URL does not contain.</summary>
/// <remarks>Instances are immutable and thread-safe. Collections are copied when they are set, and they are compared by content.</remarks>
public sealed record ResignChanges
{
    private readonly ValueList<KeyValuePair<string, string>> _setQuery = ValueList<KeyValuePair<string, string>>.Empty;
    private readonly ValueList<string> _removeQuery = ValueList<string>.Empty;
    private readonly ValueList<string> _acceptAppended = ValueList<string>.Empty;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ValueList<KeyValuePair<string, string>> _headers = ValueList<KeyValuePair<string, string>>.Empty;

    /// <summary>Gets the query parameters to add or, if the URL already contains them, to replace.</summary>
    /// <value>
    /// Names and values, not encoded. A <c>null</c> or empty value sets a parameter without a value, such as <c>acl=</c>. The default is an empty collection.
    /// </value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public IReadOnlyCollection<KeyValuePair<string,
#nullable disable
        string
#nullable restore
        >> SetQuery
    {
        get => _setQuery;
        init => _setQuery = ValueList<KeyValuePair<string, string>>.CopyOf(value, nameof(SetQuery));
    }

    /// <summary>Gets the names of the query parameters to remove.</summary>
    /// <value>Names, not encoded. Names that do not occur in the URL are ignored. The default is an empty collection.</value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public IReadOnlyCollection<string> RemoveQuery
    {
        get => _removeQuery;
        init => _removeQuery = ValueList<string>.CopyOf(value, nameof(RemoveQuery));
    }

    /// <summary>Gets the response headers to override.</summary>
    /// <value>Properties that are <c>null</c> leave the URL's overrides unchanged. The default is <c>null</c>.</value>
    public ResponseHeaderOverrides? ResponseHeaders { get; init; }

    /// <summary>Gets the lifetime of the new URL.</summary>
    /// <value>From 1 second to the store's maximum. The default is <c>null</c>, which means the remaining lifetime of the old URL.</value>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Gets the signed headers of the old URL, except <c>host</c>.</summary>
    /// <value>Names and values, such as the old URL's <see cref="PresignedUrl.RequiredHeaders"/>. The default is an empty collection.</value>
    /// <remarks>You must specify the values because a URL contains only the names of its signed headers. The headers are also signed in the new URL.</remarks>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyCollection<KeyValuePair<string, string>> Headers
    {
        get => _headers;
        init => _headers = ValueList<KeyValuePair<string, string>>.CopyOf(value, nameof(Headers));
    }

    /// <summary>Gets a value that indicates whether an expired URL is accepted.</summary>
    /// <value>The default is <c>false</c>. An expired URL also requires <see cref="ExpiresIn"/>.</value>
    /// <remarks>The value <c>true</c> makes every expired URL renewable, so use it only for callers that are authorized to receive a new URL.</remarks>
    public bool AcceptExpired { get; init; }

    /// <summary>Gets the names of query parameters that are accepted even though they were appended to the URL after signing.</summary>
    /// <value>Names, not encoded. The default is an empty collection because any holder of a URL can append parameters.</value>
    /// <remarks>In the new URL, the accepted parameters are signed with their values.</remarks>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public IReadOnlyCollection<string> AcceptAppended
    {
        get => _acceptAppended;
        init => _acceptAppended = ValueList<string>.CopyOf(value, nameof(AcceptAppended));
    }
}
