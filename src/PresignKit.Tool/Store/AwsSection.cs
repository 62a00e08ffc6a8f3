namespace PresignKit.Tool.Store;

/// <summary>The settings of one section in an AWS file.</summary>
internal sealed class AwsSection
{
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, string> _secrets = [];

    /// <summary>Sets a value. A later value replaces an earlier one.</summary>
    /// <param name="key">The key in lowercase.</param>
    /// <param name="value">The value. The lines of a nested block are separated by line breaks, and the first line is empty.</param>
    public void Set(string key, string value) => _values[key] = value;

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Returns a value, or <c>null</c> if the key is missing or the value is empty.</summary>
    public string? Find(string key) => _values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    /// <summary>Returns a value from the indented lines below a key that does not have a value of its own, as in <c>s3 =</c>.</summary>
    public string? Find(string key, string nestedKey)
    {
        if (Find(key) is not { } block || block[0] != '\n')
        {
            return null;
        }

        string? found = null;
        foreach (string line in block.Split('\n'))
        {
            int equals = line.IndexOf('=');
            if (equals > 0 && line[..equals].Trim() == nestedKey)
            {
                found = line[(equals + 1)..].Trim();
            }
        }

        return found is { Length: > 0 } ? found : null;
    }

    /// <summary>Adds those settings of a different section that this section does not have.</summary>
    public void AddMissing(AwsSection other)
    {
        foreach ((string key, string value) in other._values)
        {
            _values.TryAdd(key, value);
        }
    }

    /// <summary>Marks some keys as secrets, which only <see cref="FindSecret"/> returns. <see cref="Has"/> still returns <c>true</c> for them.</summary>
    public void Hide(IEnumerable<string> keys)
    {
        foreach (string key in keys.Where(Has))
        {
            _secrets[key] = _values[key];
            _values[key] = "";
        }
    }

    /// <summary>Returns a secret, or <c>null</c> if the key is missing or the value is empty.</summary>
    public string? FindSecret(string key) => _secrets.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
}
