using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace PresignKit;

/// <summary>Binds options to a configuration section strictly and without reflection.</summary>
/// <remarks>Each unknown setting and each value of the wrong type is reported as a problem, together with its path.</remarks>
internal static class PresignerOptionsBinder
{
    private const string NotADuration = "is not a valid duration. Use [d.]hh:mm:ss with hours from 00 to 23, for example '00:15:00' for 15 minutes or '1.00:00:00' for one day.";

    private static readonly string[] DurationFormats = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"];

    // Endpoint must precede Region. The Region setter discards a value that equals the region of the endpoint from a Use… method,
    // and setting Endpoint can replace that endpoint.
    private static readonly Setting[] Settings =
    [
        Text(nameof(PresignerOptions.Endpoint), options => options.Endpoint, (options, value) => options.Endpoint = value),
        Text(nameof(PresignerOptions.PublicUrl), options => options.PublicUrl, (options, value) => options.PublicUrl = value),
        Text(nameof(PresignerOptions.Region), options => options.Region, (options, value) => options.Region = value),
        Text(nameof(PresignerOptions.Bucket), options => options.Bucket, (options, value) => options.Bucket = value),
        Text(nameof(PresignerOptions.AccessKeyId), options => options.AccessKeyId, (options, value) => options.AccessKeyId = value),
        Text(nameof(PresignerOptions.SecretAccessKey), options => options.SecretAccessKey, (options, value) => options.SecretAccessKey = value),
        Text(nameof(PresignerOptions.SessionToken), options => options.SessionToken, (options, value) => options.SessionToken = value),
        Parsed<UrlStyle>(nameof(PresignerOptions.UrlStyle), TryParse, (options, value) => options.UrlStyle = value, $"is not a valid style. {OneOf<UrlStyle>()}"),
        Parsed<TimeSpan>(nameof(PresignerOptions.DefaultExpiresIn), TryParse, (options, value) => options.DefaultExpiresIn = value, NotADuration),
        Parsed<TimeSpan>(nameof(PresignerOptions.SigningWindow), TryParse, (options, value) => options.SigningWindow = value, NotADuration),
        Parsed<CredentialExpiry>(nameof(PresignerOptions.CredentialExpiry), TryParse, (options, value) => options.CredentialExpiry = value, $"is not a valid choice. {OneOf<CredentialExpiry>()}"),
        Parsed<bool>(nameof(PresignerOptions.LockUnsignedHeaders), bool.TryParse, (options, value) => options.LockUnsignedHeaders = value, "is not a valid Boolean. Use true or false."),
    ];

    // The names that the AWS SDK for .NET, the Minio package and the stores' consoles use for these settings.
    private static readonly (string Name, string Setting, string? Advice)[] ForeignNames =
    [
        ("AccessKey", nameof(PresignerOptions.AccessKeyId), null),
        ("AWSAccessKeyId", nameof(PresignerOptions.AccessKeyId), null),
        ("SecretKey", nameof(PresignerOptions.SecretAccessKey), null),
        ("AWSSecretKey", nameof(PresignerOptions.SecretAccessKey), null),
        ("AWSSecretAccessKey", nameof(PresignerOptions.SecretAccessKey), null),
        ("Token", nameof(PresignerOptions.SessionToken), null),
        ("AWSSessionToken", nameof(PresignerOptions.SessionToken), null),
        ("ServiceURL", nameof(PresignerOptions.Endpoint), null),
        ("EndpointUrl", nameof(PresignerOptions.Endpoint), null),
        ("RegionEndpoint", nameof(PresignerOptions.Region), null),
        ("AuthenticationRegion", nameof(PresignerOptions.Region), null),
        ("BucketName", nameof(PresignerOptions.Bucket), null),
        ("Space", nameof(PresignerOptions.Bucket), null),
        ("SpaceName", nameof(PresignerOptions.Bucket), null),
        ("CdnUrl", nameof(PresignerOptions.PublicUrl), null),
        ("CdnEndpoint", nameof(PresignerOptions.PublicUrl), null),
        ("ForcePathStyle", nameof(PresignerOptions.UrlStyle), "Set it to 'Path' for path style."),
        ("PathStyle", nameof(PresignerOptions.UrlStyle), "Set it to 'Path' for path style."),
        ("Secure", nameof(PresignerOptions.Endpoint), "The scheme of its URL, 'https' or 'http', determines whether TLS is used."),
        ("UseSSL", nameof(PresignerOptions.Endpoint), "The scheme of its URL, 'https' or 'http', determines whether TLS is used."),
        ("UseHttp", nameof(PresignerOptions.Endpoint), "The scheme of its URL, 'https' or 'http', determines whether TLS is used."),
        ("Expires", nameof(PresignerOptions.DefaultExpiresIn), null),
        ("ExpiresIn", nameof(PresignerOptions.DefaultExpiresIn), null),
        ("Expiry", nameof(PresignerOptions.DefaultExpiresIn), null),
    ];

    public static void Bind(PresignerOptions options, IConfigurationSection section)
    {
        options.ConfigurationPath = section.Path;
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0)
        {
            options.ConfigurationProblems.Add(new OptionsProblem(null, section.Value is null
                ? $"The configuration does not have a section '{Printable.Text(section.Path)}', or the section is empty. Check its name, and that its configuration source is loaded."
                : $"'{Printable.Text(section.Path)}' is a value in the configuration, not a section. Move the settings of the presigner into a section with this name."));
            return;
        }

        foreach (IConfigurationSection child in children)
        {
            if (!IsSetting(child.Key))
            {
                options.ConfigurationProblems.Add(new OptionsProblem(null, DescribeUnknown(child)));
            }
        }

        foreach (Setting setting in Settings)
        {
            Bind(options, section.GetSection(setting.Name), setting);
        }
    }

    /// <summary>Returns the configuration path of a property, or <c>null</c> if its value was set in code.</summary>
    /// <remarks>If the setting is missing, this is the path where the setting belongs.</remarks>
    public static string? FindPath(string property, PresignerOptions options)
    {
        if (options.ConfiguredPaths.TryGetValue(property, out string? path) || options.ConfigurationPath is null)
        {
            return path;
        }

        bool isMissing = Array.Find(Settings, setting => setting.Name == property)?.Get is { } get && get(options) is null;
        return isMissing ? ConfigurationPath.Combine(options.ConfigurationPath, property) : null;
    }

    /// <summary>Returns the sentence in an error message that lists the names of the enumeration values.</summary>
    public static string OneOf<T>()
        where T : struct, Enum => $"Use one of {string.Join(", ", Enum.GetNames<T>())}.";

    private static bool IsSetting(string key) => Array.Exists(Settings, setting => string.Equals(setting.Name, key, StringComparison.OrdinalIgnoreCase));

    private static void Bind(PresignerOptions options, IConfigurationSection configured, Setting setting)
    {
        string? problem = null;
        if (configured.GetChildren().Any())
        {
            problem = "The setting is a section in the configuration, not a value. Set it to one value.";
        }
        else if (string.IsNullOrEmpty(configured.Value))
        {
            // An empty value means "not set". Compose files and environment variables cannot express null, and .NET 8 and 9 read null in a JSON file as an empty string.
            return;
        }
        else if (!setting.TrySet(options, configured.Value!))
        {
            problem = $"'{Printable.Text(configured.Value!)}' {setting.Problem}";
        }

        options.ConfiguredPaths[setting.Name] = configured.Path;
        if (problem is not null)
        {
            options.ConfigurationProblems.Add(new OptionsProblem(setting.Name, problem));
        }
    }

    private static string DescribeUnknown(IConfigurationSection child)
    {
        string unknown = $"The setting '{Printable.Text(child.Path)}' is unknown.";
        (string? name, string? advice) = FindSimilar(child.Key);
        return name is null
            ? $"{unknown} The valid settings are {string.Join(", ", Settings.Select(setting => setting.Name))}."
            : $"{unknown} Did you mean '{name}'?{(advice is null ? "" : " " + advice)}";
    }

    private static (string? Name, string? Advice) FindSimilar(string key)
    {
        foreach ((string name, string setting, string? advice) in ForeignNames)
        {
            if (string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
            {
                return (setting, advice);
            }
        }

        string? similar = Settings.Select(setting => setting.Name).FirstOrDefault(name => IsSimilar(key, name));
        return (similar, null);
    }

    /// <summary>Determines whether two strings differ by at most two edits (insertions, deletions or substitutions of one character), ignoring case.</summary>
    private static bool IsSimilar(string text, string name)
    {
        const int maxEdits = 2;
        if (Math.Abs(text.Length - name.Length) > maxEdits)
        {
            return false;
        }

        // Computes the Levenshtein distance one row at a time.
        int[] row = [.. Enumerable.Range(0, name.Length + 1)];
        for (int i = 1; i <= text.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= name.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(text[i - 1]) == char.ToUpperInvariant(name[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[name.Length] <= maxEdits;
    }

    // TimeSpan.Parse would read '5' as five days, '24:00:00' as 24 days and '05:00' as five hours.
    private static bool TryParse(string value, out TimeSpan duration) =>
        TimeSpan.TryParseExact(value, DurationFormats, CultureInfo.InvariantCulture, out duration);

    // Only names are accepted. Enum.TryParse alone would also accept numbers and lists such as 'Path, Auto'.
    private static bool TryParse<T>(string value, out T parsed)
        where T : struct, Enum
    {
        parsed = default;
        return Enum.GetNames<T>().Contains(value, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(value, ignoreCase: true, out parsed);
    }

    private delegate bool Parser<T>(string text, out T value);

    private static Setting Parsed<T>(string name, Parser<T> tryParse, Action<PresignerOptions, T> set, string problem) => new(
        name,
        (options, text) =>
        {
            bool isValid = tryParse(text, out T value);
            if (isValid)
            {
                set(options, value);
            }

            return isValid;
        },
        problem);

    private static Setting Text(string name, Func<PresignerOptions, string?> get, Action<PresignerOptions, string> set) => new(
        name,
        (options, value) =>
        {
            set(options, value);
            return true;
        },
        problem: "",
        get);

    /// <summary>Describes how one property is bound.</summary>
    /// <param name="name">The name that the property and the setting share.</param>
    /// <param name="trySet">A function that sets the property, or returns <c>false</c> if the string is not a valid value.</param>
    /// <param name="problem">The part of the error message that follows the invalid value.</param>
    /// <param name="get">A function that gets the value of the property, or <c>null</c> if the property is not a string.</param>
    private sealed class Setting(string name, Func<PresignerOptions, string, bool> trySet, string problem, Func<PresignerOptions, string?>? get = null)
    {
        public string Name => name;

        public Func<PresignerOptions, string, bool> TrySet => trySet;

        public string Problem => problem;

        public Func<PresignerOptions, string?>? Get => get;
    }
}
