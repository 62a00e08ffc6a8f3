namespace PresignKit;

/// <summary>The query of a URL that is being re-signed, and the names of the parameters that were kept, set or removed.</summary>
internal sealed class ResignedQuery
{
    private readonly List<string> _kept = [];
    private readonly List<string> _set = [];
    private readonly List<string> _removed = [];

    public List<KeyValuePair<string, string>> Parameters { get; } = [];

    /// <summary>Applies changes to the parameters of a URL.</summary>
    /// <param name="method">The URL's HTTP method.</param>
    /// <param name="signed">The URL's signed parameters, except the SigV4 parameters.</param>
    /// <param name="appended">The accepted parameters that were appended after signing. They are reported as parameters that were set.</param>
    /// <param name="changes">The changes.</param>
    public static ResignedQuery Apply(HttpMethod method, List<KeyValuePair<string, string>> signed, IReadOnlyList<KeyValuePair<string, string>> appended, ResignChanges changes)
    {
        // The rules are the same as for an operation: a name must not be repeated and must not belong to the signature.
        RequestBuilder set = RequestBuilder.Rent();
        try
        {
            set.ParamName = nameof(changes);
            set.Method = UppercaseMethod.Of(method);
            changes.ResponseHeaders?.AddTo(set);
            foreach (KeyValuePair<string, string> parameter in changes.SetQuery)
            {
                set.AddQuery(parameter.Key, parameter.Value);
            }

            KeyValuePair<string, string>[] parameters = set.Query.ToArray();
            HashSet<string> names = NamesOf(parameters);
            foreach (string name in changes.RemoveQuery)
            {
                if (FindProblem(name, names) is { } problem)
                {
                    throw new ArgumentException(problem, nameof(changes));
                }
            }

            ResignedQuery query = new();
            query.Merge(signed, appended, parameters, names, new HashSet<string>(changes.RemoveQuery, StringComparer.Ordinal));
            return query;
        }
        finally
        {
            set.Return();
        }
    }

    public ResignedUrl ToResult(PresignedUrl presigned) => new(presigned, _kept.AsReadOnly(), _set.AsReadOnly(), _removed.AsReadOnly());

    private static string? FindProblem(string? removed, HashSet<string> set) =>
        removed is null ? "A name in RemoveQuery is null. Remove the entry."
        : set.Contains(removed) ? $"The parameter '{Printable.Text(removed)}' is both set and removed. Specify it in either SetQuery or RemoveQuery."
        : ParameterRules.IsOwn(removed) ? $"The parameter '{removed}' belongs to the signature and cannot be removed. Remove the entry from RemoveQuery."
        : null;

    private void Merge(
        List<KeyValuePair<string, string>> signed,
        IReadOnlyList<KeyValuePair<string, string>> appended,
        KeyValuePair<string, string>[] set,
        HashSet<string> setNames,
        HashSet<string> removed)
    {
        HashSet<string> appendedNames = NamesOf(appended);
        Dictionary<string, string> before = signed.ToDictionary(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> parameter in signed)
        {
            if (removed.Contains(parameter.Key))
            {
                _removed.Add(parameter.Key);
            }
            else if (!setNames.Contains(parameter.Key) && !appendedNames.Contains(parameter.Key))
            {
                _kept.Add(parameter.Key);
                Parameters.Add(parameter);
            }
        }

        HashSet<string> named = [.. _removed];
        foreach (KeyValuePair<string, string> parameter in appended)
        {
            if (!removed.Contains(parameter.Key))
            {
                if (!setNames.Contains(parameter.Key))
                {
                    Set(parameter, before);
                }
            }
            else if (named.Add(parameter.Key))
            {
                _removed.Add(parameter.Key);
            }
        }

        foreach (KeyValuePair<string, string> parameter in set)
        {
            Set(parameter, before);
        }
    }

    private void Set(KeyValuePair<string, string> parameter, Dictionary<string, string> signed)
    {
        bool isUnchanged = signed.TryGetValue(parameter.Key, out string? value) && value == parameter.Value;
        (isUnchanged ? _kept : _set).Add(parameter.Key);
        Parameters.Add(parameter);
    }

    private static HashSet<string> NamesOf(IEnumerable<KeyValuePair<string, string>> parameters) => new(parameters.Select(parameter => parameter.Key), StringComparer.Ordinal);
}
