using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>A profile: its settings in the two AWS files. Only <see cref="AwsFiles.ReadKey"/> returns its secrets.</summary>
internal sealed class AwsProfile(string name, (AwsFile File, AwsSection Section)? config, (AwsFile File, AwsSection Section)? credentials)
{
    public string Name { get; } = name;

    /// <summary>Gets the profile's name in messages.</summary>
    public string ShownName => $"profile '{Shown.Text(Name)}'";

    /// <summary>Returns a setting. The credentials file takes precedence, as in the AWS CLI.</summary>
    public string? Find(string key) => SectionWith(key)?.Section.Find(key);

    /// <inheritdoc cref="AwsSection.Find(string, string)"/>
    public string? Find(string key, string nestedKey) => SectionWith(key)?.Section.Find(key, nestedKey);

    public bool Has(string key) => SectionWith(key) is not null;

    public bool IsInCredentialsFile(string key) => credentials?.Section.Has(key) == true;

    public bool IsInConfigFile(string key) => config?.Section.Has(key) == true;

    /// <summary>Returns the profile and the file that contains a setting, such as <c>profile 'spaces' in ~/.aws/config</c>.</summary>
    public string SourceOf(string key) => SectionWith(key) is { } found ? $"{ShownName} in {found.File.Name}" : ShownName;

    private (AwsFile File, AwsSection Section)? SectionWith(string key) =>
        IsInCredentialsFile(key) ? credentials : IsInConfigFile(key) ? config : null;
}
