namespace PresignKit;

/// <summary>The query of a URL that is signed again: what is kept, set and removed.</summary>
internal sealed class ResignQuery
{
    private readonly List<string> _kept = [];
    private readonly List<string> _set = [];
    private readonly List<string> _removed = [];

    public List<KeyValuePair<string, string>> Parameters { get; } = [];

    /// <summary>Applies changes to the parameters that a URL has, signed ones first; appended ones count as set.</summary>
    public static ResignQuery Of(IReadOnlyList<KeyValuePair<string, string>> signed, IReadOnlyList<KeyValuePair<string, string>> appended, ResignChanges changes)
    {
        RequestBuilder set = RequestBuilder.Rent();
        ResignQuery query = new();
        try
        {
            set.ParamName = nameof(changes);

            // The operation's own rules: one name once, none of the signature's.
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

            query.Merge(signed, appended, set.Query.ToArray(), changes.RemoveQuery);
            return query;
        }
        finally
        {
            set.Return();
        }
    }

    public ResignedUrl Report(PresignedUrl presigned) => new(presigned, _kept.AsReadOnly(), _set.AsReadOnly(), _removed.AsReadOnly());

    private static string? FindProblem(string? removed, ReadOnlySpan<KeyValuePair<string, string>> set)
    {
        if (removed is null)
        {
            return "One of the names in RemoveQuery is null. Leave it out.";
        }

        foreach (KeyValuePair<string, string> parameter in set)
        {
            if (parameter.Key == removed)
            {
                return $"The parameter '{Printable.Text(removed)}' is to be set and to be removed. Name it in one of them.";
            }
        }

        return ParameterRules.IsOwn(removed) ? $"The parameter '{removed}' belongs to the signature and cannot be removed. Leave it out of RemoveQuery." : null;
    }

    private void Merge(
        IReadOnlyList<KeyValuePair<string, string>> signed,
        IReadOnlyList<KeyValuePair<string, string>> appended,
        KeyValuePair<string, string>[] set,
        IReadOnlyCollection<string> removed)
    {
        foreach (KeyValuePair<string, string> parameter in signed)
        {
            int at = Array.FindIndex(set, one => one.Key == parameter.Key);
            if (removed.Contains(parameter.Key))
            {
                _removed.Add(parameter.Key);
            }
            else if (at < 0 && !appended.Any(one => one.Key == parameter.Key))
            {
                _kept.Add(parameter.Key);
                Parameters.Add(parameter);
            }
        }

        _removed.AddRange(appended.Select(one => one.Key).Where(name => removed.Contains(name) && !_removed.Contains(name)));
        foreach (KeyValuePair<string, string> parameter in appended.Where(one => !removed.Contains(one.Key) && !Array.Exists(set, other => other.Key == one.Key)).Concat(set))
        {
            bool isAsItWas = signed.Any(one => one.Key == parameter.Key && one.Value == parameter.Value);
            (isAsItWas ? _kept : _set).Add(parameter.Key);
            Parameters.Add(parameter);
        }
    }
}
