namespace PresignKit;

/// <summary>The query of a URL that is signed again, and the names of the parameters that were kept, set and removed.</summary>
internal sealed class ResignedQuery
{
    private readonly List<string> _kept = [];
    private readonly List<string> _set = [];
    private readonly List<string> _removed = [];

    public List<KeyValuePair<string, string>> Parameters { get; } = [];

    /// <summary>Applies changes to the parameters of a URL.</summary>
    /// <param name="signed">The parameters that the URL signs, except the signature's own.</param>
    /// <param name="appended">The accepted parameters that were appended after signing. They count as set.</param>
    /// <param name="changes">The changes.</param>
    public static ResignedQuery Apply(List<KeyValuePair<string, string>> signed, IReadOnlyList<KeyValuePair<string, string>> appended, ResignChanges changes)
    {
        // The rules of an operation apply: a name must not be repeated, and must not belong to the signature.
        RequestBuilder set = RequestBuilder.Rent();
        try
        {
            set.ParamName = nameof(changes);
            changes.ResponseHeaders?.AddTo(set);
            foreach (KeyValuePair<string, string> parameter in changes.SetQuery)
            {
                set.AddQuery(parameter.Key, parameter.Value);
            }

            foreach (string name in changes.RemoveQuery)
            {
                if (FindProblem(name, set.Query) is { } problem)
                {
                    throw new ArgumentException(problem, nameof(changes));
                }
            }

            ResignedQuery query = new();
            query.Merge(signed, appended, set.Query.ToArray(), changes.RemoveQuery);
            return query;
        }
        finally
        {
            set.Return();
        }
    }

    public ResignedUrl ToResult(PresignedUrl presigned) => new(presigned, _kept.AsReadOnly(), _set.AsReadOnly(), _removed.AsReadOnly());

    private static string? FindProblem(string? removed, ReadOnlySpan<KeyValuePair<string, string>> set) =>
        removed is null ? "A name in RemoveQuery is null. Leave it out."
        : Contains(set, removed) ? $"The parameter '{Printable.Text(removed)}' is both set and removed. Name it in SetQuery or in RemoveQuery, not in both."
        : ParameterRules.IsOwn(removed) ? $"The parameter '{removed}' belongs to the signature and cannot be removed. Leave it out of RemoveQuery."
        : null;

    private void Merge(
        List<KeyValuePair<string, string>> signed,
        IReadOnlyList<KeyValuePair<string, string>> appended,
        KeyValuePair<string, string>[] set,
        IReadOnlyCollection<string> removed)
    {
        foreach (KeyValuePair<string, string> parameter in signed)
        {
            if (removed.Contains(parameter.Key))
            {
                _removed.Add(parameter.Key);
            }
            else if (!Contains(set, parameter.Key) && !appended.Any(other => other.Key == parameter.Key))
            {
                _kept.Add(parameter.Key);
                Parameters.Add(parameter);
            }
        }

        foreach (KeyValuePair<string, string> parameter in appended)
        {
            if (!removed.Contains(parameter.Key))
            {
                if (!Contains(set, parameter.Key))
                {
                    Set(parameter, signed);
                }
            }
            else if (!_removed.Contains(parameter.Key))
            {
                _removed.Add(parameter.Key);
            }
        }

        foreach (KeyValuePair<string, string> parameter in set)
        {
            Set(parameter, signed);
        }
    }

    private void Set(KeyValuePair<string, string> parameter, List<KeyValuePair<string, string>> signed)
    {
        bool isUnchanged = signed.Exists(other => other.Key == parameter.Key && other.Value == parameter.Value);
        (isUnchanged ? _kept : _set).Add(parameter.Key);
        Parameters.Add(parameter);
    }

    private static bool Contains(ReadOnlySpan<KeyValuePair<string, string>> parameters, string name)
    {
        foreach (KeyValuePair<string, string> parameter in parameters)
        {
            if (parameter.Key == name)
            {
                return true;
            }
        }

        return false;
    }
}
