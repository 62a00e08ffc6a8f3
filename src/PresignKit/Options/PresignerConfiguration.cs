using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace PresignKit;

/// <summary>Reads options from a section of configuration: without reflection, and with the path of each setting, for the messages.</summary>
internal static class PresignerConfiguration
{
    private const string Duration = "is no duration. Write hours, minutes and seconds, like '01:00:00'.";

    // In the order of the options: an endpoint comes before the region that may move it.
    private static readonly Setting[] Settings =
    [
        new(nameof(PresignerOptions.Endpoint), (options, value) => options.Endpoint = value, options => options.Endpoint),
        new(nameof(PresignerOptions.Region), (options, value) => options.Region = value, options => options.Region),
        new(nameof(PresignerOptions.Bucket), (options, value) => options.Bucket = value, options => options.Bucket),
        new(nameof(PresignerOptions.AccessKeyId), (options, value) => options.AccessKeyId = value, options => options.AccessKeyId),
        new(nameof(PresignerOptions.SecretAccessKey), (options, value) => options.SecretAccessKey = value, options => options.SecretAccessKey),
        new(nameof(PresignerOptions.SessionToken), (options, value) => options.SessionToken = value, options => options.SessionToken),
        new(nameof(PresignerOptions.CdnUrl), (options, value) => options.CdnUrl = value, options => options.CdnUrl),
        new(nameof(PresignerOptions.UrlStyle), TrySetUrlStyle, "is not a URL style. " + S3Endpoint.StyleRemedy),
        new(nameof(PresignerOptions.DefaultExpiresIn), (options, value) => TrySet(value, duration => options.DefaultExpiresIn = duration), Duration),
        new(nameof(PresignerOptions.SigningWindow), (options, value) => TrySet(value, duration => options.SigningWindow = duration), Duration),
        new(nameof(PresignerOptions.CredentialExpiry), TrySetCredentialExpiry, "is no choice. Write Auto, Clamp or Refuse."),
        new(nameof(PresignerOptions.LockUnsignedHeaders), TrySetLockUnsignedHeaders, "is neither true nor false. Write one of them."),
    ];

    public static void Bind(PresignerOptions options, IConfiguration section)
    {
        string? path = (section as IConfigurationSection)?.Path;
        options.ConfigurationPath = path ?? "";
        foreach (Setting setting in Settings)
        {
            if (section[setting.Name] is { } value && (setting.IsText || value.Length > 0))
            {
                options.ConfiguredPaths[setting.Name] = Combine(options.ConfigurationPath, setting.Name);
                if (!setting.TrySet(options, value))
                {
                    options.ConfigurationProblems.Add($"{setting.Name}: '{Printable.Text(value)}' {setting.Problem}");
                }
            }
        }
    }

    /// <summary>How a message names a property: by the path in configuration that holds it, or could.</summary>
    public static string? PathOf(string property, PresignerOptions options)
    {
        if (options.ConfiguredPaths.TryGetValue(property, out string? path) || options.ConfigurationPath is null)
        {
            return path;
        }

        bool isMissing = Array.Find(Settings, setting => setting.Name == property) is { } setting && setting.Get?.Invoke(options) is null && setting.IsText;
        return isMissing ? Combine(options.ConfigurationPath, property) : null;
    }

    public static bool IsSetting(string property) => Array.Exists(Settings, setting => setting.Name == property);

    private static string Combine(string path, string name) => path.Length == 0 ? name : ConfigurationPath.Combine(path, name);

    private static bool TrySetUrlStyle(PresignerOptions options, string value)
    {
        bool isStyle = Enum.TryParse(value, ignoreCase: true, out UrlStyle style);
        options.UrlStyle = style;
        return isStyle;
    }

    private static bool TrySetCredentialExpiry(PresignerOptions options, string value)
    {
        bool isChoice = Enum.TryParse(value, ignoreCase: true, out CredentialExpiry choice);
        options.CredentialExpiry = choice;
        return isChoice;
    }

    private static bool TrySetLockUnsignedHeaders(PresignerOptions options, string value)
    {
        bool isBoolean = bool.TryParse(value, out bool locks);
        options.LockUnsignedHeaders = locks;
        return isBoolean;
    }

    private static bool TrySet(string value, Action<TimeSpan> set)
    {
        bool isDuration = TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out TimeSpan duration);
        if (isDuration)
        {
            set(duration);
        }

        return isDuration;
    }

    private sealed class Setting(string name, Func<PresignerOptions, string, bool> trySet, string? problem)
    {
        public Setting(string name, Action<PresignerOptions, string> set, Func<PresignerOptions, string?> get)
            : this(name, (options, value) => Set(set, options, value), problem: null) => Get = get;

        public string Name => name;

        public Func<PresignerOptions, string, bool> TrySet => trySet;

        /// <summary>What is wrong with a value that cannot be set.</summary>
        public string? Problem => problem;

        public Func<PresignerOptions, string?>? Get { get; }

        public bool IsText => Get is not null;

        private static bool Set(Action<PresignerOptions, string> set, PresignerOptions options, string value)
        {
            set(options, value);
            return true;
        }
    }
}
