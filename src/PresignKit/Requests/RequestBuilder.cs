namespace PresignKit;

/// <summary>Collects and checks the parameters and headers that an operation signs.</summary>
/// <remarks>
/// This class is the only place where parameters and headers are checked. Each thread reuses one instance: <see cref="Rent"/> returns the instance, and <see cref="Return"/> clears
/// it.
/// </remarks>
internal sealed class RequestBuilder
{
    private const string OperationParam = "operation";

    // If a list has at least this many entries, an index is used to find repeated names. Comparing each new entry with all others would take quadratic time.
    private const int MaxScanned = 16;

    // If these headers were not signed, the holder of an upload URL could add them to change the object's permissions or content.
    private static readonly string[] LockedHeaders =
    [
        "x-amz-acl", "x-amz-copy-source", "x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp",
    ];

    [ThreadStatic]
    private static RequestBuilder? _spare;

    private KeyValuePair<string, string>[] _query = new KeyValuePair<string, string>[8];
    private KeyValuePair<string, string>[] _headers = new KeyValuePair<string, string>[8];
    private Dictionary<string, int>? _queryIndex;
    private Dictionary<string, int>? _headerIndex;
    private int _queryCount;
    private int _headerCount;

    private RequestBuilder()
    {
    }

    public HttpMethod Method { get; set; } = HttpMethod.Get;

    public OperationTarget Target { get; set; }

    /// <summary>Gets a value that indicates whether the method is GET or HEAD, in which case the URL can be used as a link.</summary>
    public bool IsRead => Method == HttpMethod.Get || Method == HttpMethod.Head;

    /// <summary>Gets or sets the key of the object, or an empty string if <see cref="Target"/> is not an object.</summary>
    public string Key { get; set; } = "";

    /// <summary>Gets or sets the bucket of the object to copy, or <c>null</c> if the request is not a copy.</summary>
    public string? SourceBucket { get; set; }

    /// <summary>Gets or sets the name of the caller's parameter to report in exceptions.</summary>
    public string ParamName { get; set; } = OperationParam;

    public ReadOnlySpan<KeyValuePair<string, string>> Query => _query.AsSpan(0, _queryCount);

    /// <summary>Gets the headers.</summary>
    /// <remarks>A header whose value is <c>null</c> is listed as signed but must not be sent.</remarks>
    public Span<KeyValuePair<string, string>> Headers => _headers.AsSpan(0, _headerCount);

    /// <summary>Returns an empty builder.</summary>
    /// <remarks>Call <see cref="Return"/> when the builder is no longer needed.</remarks>
    public static RequestBuilder Rent()
    {
        RequestBuilder request = _spare ?? new RequestBuilder();
        _spare = null;
        return request;
    }

    public void Return()
    {
        // The entries are cleared because headers can contain a customer-provided encryption key.
        Array.Clear(_query, 0, _queryCount);
        Array.Clear(_headers, 0, _headerCount);
        _queryCount = 0;
        _headerCount = 0;
        _queryIndex = null;
        _headerIndex = null;
        Key = "";
        Method = HttpMethod.Get;
        SourceBucket = null;
        ParamName = OperationParam;
        _spare = this;
    }

    /// <summary>Adds a query parameter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, or <c>null</c> for a parameter that is signed as <c>name=</c>.</param>
    /// <param name="isSigned">Whether the parameter is already signed in an existing URL. If so, only the rules for signatures apply to it, not the rules for S3.</param>
    /// <exception cref="ArgumentException">The parameter cannot be signed.</exception>
    public void AddQuery(string name, string? value, bool isSigned = false)
    {
        value ??= "";
        if ((ParameterRules.FindProblem(name, value, SameNameIn(Query, name, ref _queryIndex, StringComparer.Ordinal))
            ?? (isSigned ? null : ParameterRules.FindProblemInS3(name, value, IsRead))) is { } problem)
        {
            throw new ArgumentException(problem, ParamName);
        }

        Add(ref _query, ref _queryCount, name, value);
    }

    /// <summary>Adds a query parameter unless its value is <c>null</c>.</summary>
    /// <inheritdoc cref="AddQuery" path="/exception"/>
    public void AddOptionalQuery(string name, string? value)
    {
        if (value is not null)
        {
            AddQuery(name, value);
        }
    }

    /// <summary>Adds a signed header in the form that clients send.</summary>
    /// <exception cref="ArgumentException">The header cannot be signed, or its value is <c>null</c>.</exception>
    public void AddHeader(string name, string value)
    {
        if (HeaderRules.FindProblem(name, ref value, SameNameIn(Headers, name, ref _headerIndex, StringComparer.OrdinalIgnoreCase)) is { } problem)
        {
            throw new ArgumentException(problem, ParamName);
        }

        Add(ref _headers, ref _headerCount, name, value);
    }

    /// <summary>Adds the signed header for a property unless its value is <c>null</c>.</summary>
    /// <exception cref="ArgumentException">The header cannot be signed, or the value is empty.</exception>
    public void AddOptionalHeader(string name, string? value)
    {
        if (value is not null)
        {
            if (value.Length == 0)
            {
                throw new ArgumentException($"The property for the header '{name}' is empty. Set it to a value, or to null to omit the header.", ParamName);
            }

            AddHeader(name, value);
        }
    }

    /// <summary>Adds the locked headers that the operation itself does not sign.</summary>
    /// <remarks>The headers are listed as signed but must not be sent. A Ceph gateway rejects a request that contains one of them.</remarks>
    public void LockUnsignedHeaders()
    {
        foreach (string name in LockedHeaders)
        {
            if (!HasHeader(name))
            {
                Add(ref _headers, ref _headerCount, name, value: null!);
            }
        }
    }

    /// <summary>Throws an exception if properties of the operation conflict with each other.</summary>
    /// <exception cref="ArgumentException"><paramref name="isContradiction"/> is <c>true</c>.</exception>
    public void ThrowIf(bool isContradiction, string message)
    {
        if (isContradiction)
        {
            throw new ArgumentException(message, ParamName);
        }
    }

    /// <summary>Determines whether <see cref="LockUnsignedHeaders"/> locks a header.</summary>
    public static bool IsLocked(string name) => Array.IndexOf(LockedHeaders, name) >= 0;

    private static void Add(ref KeyValuePair<string, string>[] list, ref int count, string name, string value)
    {
        if (count == list.Length)
        {
            Array.Resize(ref list, count * 2);
        }

        list[count++] = new KeyValuePair<string, string>(name, value);
    }

    /// <summary>Returns the entries that might have the specified name: all entries if there are only a few, otherwise the entry with that name, if any.</summary>
    private static ReadOnlySpan<KeyValuePair<string, string>> SameNameIn(
        ReadOnlySpan<KeyValuePair<string, string>> entries, string name, ref Dictionary<string, int>? index, StringComparer comparer)
    {
        if (entries.Length < MaxScanned || name is null)
        {
            return entries;
        }

        // Names are unique, so index.Count is the number of indexed entries.
        index ??= new Dictionary<string, int>(comparer);
        for (int i = index.Count; i < entries.Length; i++)
        {
            index[entries[i].Key] = i;
        }

        return index.TryGetValue(name, out int at) ? entries.Slice(at, 1) : [];
    }

    private bool HasHeader(string name)
    {
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
