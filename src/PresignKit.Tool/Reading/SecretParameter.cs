namespace PresignKit.Tool.Reading;

/// <summary>Hides the values of secret parameters and headers. A URL can contain them under unexpected names, such as a second signature in different letter case.</summary>
internal static class SecretParameter
{
    /// <summary>Returns the value, or <c>***</c> if values with this name are secret.</summary>
    public static string Mask(string name, string value)
    {
        string parameter = $"https://a.example/?{Uri.EscapeDataString(WithoutLoneSurrogates(name))}={Uri.EscapeDataString(WithoutLoneSurrogates(value))}";
        return PresignedUrlInfo.Redact(parameter) == parameter ? value : "***";
    }

    private static string WithoutLoneSurrogates(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
