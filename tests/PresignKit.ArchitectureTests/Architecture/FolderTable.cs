namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>The folders of <c>src/PresignKit</c>, and the folders that each of them may use.</summary>
/// <param name="uses">The folders, each with the folders that its entry lists.</param>
internal sealed class FolderTable(IReadOnlyDictionary<string, string[]> uses)
{
    private readonly Dictionary<string, HashSet<string>> _reachable = uses.Keys.ToDictionary(folder => folder, folder => Reachable(folder, uses));

    /// <summary>The library's table, which CONTRIBUTING.md also shows. The entry "." is the project's root.</summary>
    public static FolderTable Library { get; } = new(new Dictionary<string, string[]>
    {
        ["Platform"] = [],
        ["Text"] = ["Platform"],
        ["Signing"] = ["Text"],
        ["Credentials"] = ["Text"],
        ["Keys"] = ["Credentials", "Signing"],
        ["Endpoints"] = ["Signing"],
        ["Lifetime"] = ["Credentials"],
        ["Options"] = ["Lifetime", "Endpoints"],
        ["Requests"] = ["Endpoints"],
        ["Operations"] = ["Requests"],
        ["Urls"] = ["Text"],
        ["Posts"] = ["Requests", "Urls"],
        ["Presigning"] = ["Options", "Operations", "Posts", "Keys"],
        ["Reading"] = ["Requests"],
        ["Verification"] = ["Reading", "Posts", "Keys", "Lifetime"],
        ["Resigning"] = ["Verification", "Presigning"],
        ["Diagnostics"] = ["Verification"],
        ["."] = ["Resigning", "Diagnostics"],
        ["DependencyInjection"] = ["."],
    });

    public IReadOnlyDictionary<string, string[]> Uses => uses;

    /// <summary>Determines whether a file in one folder may use a type in a different folder, because the folder's entry lists that folder or a listed folder may use it.</summary>
    public bool Allows(string from, string to) => from == to || (_reachable.TryGetValue(from, out HashSet<string>? reachable) && reachable.Contains(to));

    /// <summary>Returns the folders that are part of a cycle.</summary>
    public IEnumerable<string> Cycles() => _reachable.Where(folder => folder.Value.Contains(folder.Key)).Select(folder => folder.Key);

    private static HashSet<string> Reachable(string folder, IReadOnlyDictionary<string, string[]> uses)
    {
        HashSet<string> found = [];
        Stack<string> left = new(uses[folder]);
        while (left.TryPop(out string? next))
        {
            if (found.Add(next) && uses.TryGetValue(next, out string[]? named))
            {
                Array.ForEach(named, left.Push);
            }
        }

        return found;
    }
}
