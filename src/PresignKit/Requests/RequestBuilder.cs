namespace PresignKit;

/// <summary>
/// What an operation says of its request. The one place that decides what is signed: every parameter and header passes through here and is checked.
/// </summary>
internal sealed class RequestBuilder
{
    private const string OperationParam = "operation";

    [ThreadStatic]
    private static RequestBuilder? _spare;

    private KeyValuePair<string, string>[] _query = new KeyValuePair<string, string>[8];
    private KeyValuePair<string, string>[] _headers = new KeyValuePair<string, string>[8];
    private int _queryCount;
    private int _headerCount;

    private RequestBuilder()
    {
    }

    public HttpMethod Method { get; set; } = HttpMethod.Get;

    /// <summary>What the request is for.</summary>
    public OperationTarget Target { get; set; }

    /// <summary>The object's key where <see cref="Target"/> is an object.</summary>
    public string Key { get; set; } = "";

    /// <summary>The caller's parameter that a refusal names.</summary>
    public string ParamName { get; set; } = OperationParam;

    public ReadOnlySpan<KeyValuePair<string, string>> Query => _query.AsSpan(0, _queryCount);

    public Span<KeyValuePair<string, string>> Headers => _headers.AsSpan(0, _headerCount);

    /// <summary>An empty description; give it back with <see cref="Return"/>.</summary>
    public static RequestBuilder Rent()
    {
        RequestBuilder description = _spare ?? new RequestBuilder();
        _spare = null;
        return description;
    }

    public void Return()
    {
        // Headers may hold an encryption key of a customer's.
        Array.Clear(_query, 0, _queryCount);
        Array.Clear(_headers, 0, _headerCount);
        _queryCount = 0;
        _headerCount = 0;
        EncodedQuery = "";
        Key = "";
        ParamName = OperationParam;
        _spare = this;
    }

    /// <summary>Adds a query parameter; without a value it is <c>name=</c>.</summary>
    public void AddQuery(string name, string? value)
    {
        ThrowIf(ParameterRules.FindProblem(name, value ?? "", Query) ?? ParameterRules.FindMisplacedHeader(name), ParamName);
        ThrowIf(HasEncoded(name) ? ParameterRules.GivenTwice(name) : null, ParamName);
        Add(ref _query, ref _queryCount, name, value ?? "");
    }

    /// <summary>Adds a query parameter where it has a value.</summary>
    public void AddOptionalQuery(string name, string? value)
    {
        if (value is not null)
        {
            AddQuery(name, value);
        }
    }

    /// <summary>Adds a signed header.</summary>
    public void AddHeader(string name, string value)
    {
        ThrowIf(HeaderRules.FindProblem(name, value, Headers), ParamName);
        Add(ref _headers, ref _headerCount, name, value);
    }

    /// <summary>Adds a signed header where it has a value.</summary>
    public void AddOptionalHeader(string name, string? value)
    {
        if (value is not null)
        {
            AddHeader(name, value);
        }
    }

    /// <summary>Refuses an operation whose properties contradict each other.</summary>
    /// <exception cref="ArgumentException">They do; the message says so, and what to write instead.</exception>
    public static void RefuseIf(bool isContradiction, string problem, string paramName = OperationParam) => ThrowIf(isContradiction ? problem : null, paramName);

    private static void ThrowIf(string? problem, string paramName)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }

    private static void Add(ref KeyValuePair<string, string>[] list, ref int count, string name, string value)
    {
        if (count == list.Length)
        {
            Array.Resize(ref list, count * 2);
        }

        list[count++] = new KeyValuePair<string, string>(name, value);
    }

    /// <summary>The overrides of response headers as they stand in a query, in order; empty where there are none.</summary>
    public string EncodedQuery { get; private set; } = "";

    /// <summary>Adds overrides of response headers, before any other parameter that could have the name of one. What is used a second time is kept encoded: operations share
    /// them, and are presigned many times.</summary>
    public void AddResponseHeaders(ResponseHeaderOverrides overrides)
    {
        overrides.Describe(this);
    }

    // Their names are the same when they are encoded.
    private bool HasEncoded(string name)
    {
        for (int at = EncodedQuery.IndexOf(name, StringComparison.Ordinal); at >= 0; at = EncodedQuery.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            if ((at == 0 || EncodedQuery[at - 1] == '&') && end < EncodedQuery.Length && EncodedQuery[end] == '=')
            {
                return true;
            }
        }

        return false;
    }

    private static readonly string[] UploadLock =
    [
        "x-amz-acl", "x-amz-copy-source", "x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp",
    ];

    /// <summary>
    /// Names headers as signed that must not be sent: a Ceph gateway then refuses a request that has one of them
    /// (those that the operation itself signs excepted).
    /// </summary>
    public void LockUnsignedHeaders()
    {
        foreach (string name in UploadLock)
        {
            if (!HasHeader(name))
            {
                // A null value is a name without a line.
                Add(ref _headers, ref _headerCount, name, null!);
            }
        }
    }

    /// <summary>Determines whether <see cref="LockUnsignedHeaders"/> locks a header.</summary>
    public static bool IsLocked(string name) => Array.IndexOf(UploadLock, name) >= 0;

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
