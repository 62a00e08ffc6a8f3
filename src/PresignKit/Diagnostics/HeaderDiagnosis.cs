using System.Globalization;

namespace PresignKit;

/// <summary>Describes a signed header that is missing or has a different value.</summary>
/// <remarks>The caller is not always at fault: System.Net.Http rewrites values, and proxies drop headers.</remarks>
internal static class HeaderDiagnosis
{
    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    /// <summary>Describes a signed header that is missing.</summary>
    /// <param name="name">The name of the header.</param>
    /// <param name="observer">The side that sent or received the request without the header.</param>
    /// <param name="proxyHeader">The header that shows that the response came through a proxy, or <c>null</c>.</param>
    public static string Missing(string name, Observer observer, string? proxyHeader)
    {
        string start = $"{observer.Lacks} the header '{Printable.Text(name)}', which is signed";
        if (observer == Observer.Store && name.IndexOfAny(['_', '.']) >= 0)
        {
            string setting = name.Contains('.') ? "ignore_invalid_headers off" : "underscores_in_headers on";
            return $"{start}. If the client sends it, a proxy dropped it: nginx does so with names that contain '_' or '.', unless it is configured with '{setting}'{Shown(proxyHeader)}. Use a name with '-', or change the proxy.";
        }

        return observer == Observer.Client
            ? $"{start}. Send every header in RequiredHeaders."
            : $"{start}. Send every header in RequiredHeaders, and if the client does, look for a proxy that drops it{Shown(proxyHeader)}.";
    }

    /// <summary>Describes a signed header that has a different value.</summary>
    public static string Changed(string name, string signed, string sent, Observer observer, string? proxyHeader)
    {
        string start = $"The header '{Printable.Text(name)}' {observer.Was} with a different value than the signed one";
        return SecretMask.IsSecretHeader(name) || !HaveSameParts(signed, sent)
            ? $"{start}. Send the exact value in RequiredHeaders{(observer == Observer.Store && proxyHeader is not null ? ", and check whether the proxy changes it" + Shown(proxyHeader) : "")}."
            : $"{start}, but with the same parts in a different form. System.Net.Http rewrites values as soon as a handler, a logger or Headers.Add reads them, and so do proxies, so presign the operation with the form that is sent: '{Printable.Text(sent)}'.";
    }

    private static string Shown(string? proxyHeader) => proxyHeader is null ? "" : $" (the response came through a proxy: '{Printable.Text(proxyHeader)}')";

    // Examples: 'private, no-store' and 'no-store, private', 'text/plain;charset=utf-8' and 'text/plain; charset=utf-8', or two formats of the same date.
    private static bool HaveSameParts(string left, string right) =>
        Parts(left).SequenceEqual(Parts(right))
        || (left.Contains(':') && DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset one)
            && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset other) && one == other);

    private static IEnumerable<string> Parts(string value) =>
        value.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries).OrderBy(part => part, StringComparer.Ordinal);
}
