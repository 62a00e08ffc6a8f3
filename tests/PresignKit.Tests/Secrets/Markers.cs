using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Tests;

/// <summary>The secrets of these tests, and a search for them.</summary>
internal static class Markers
{
    public const string SecretAccessKey = "wJalrXUtnFEMI+K7MDENG/bPxRfiCY";
    public const string SessionToken = "FwoGZXIvYXdzEPr//////wEaDLsNYqtoken=";

    public static readonly byte[] CustomerKey = SHA256.HashData(Encoding.UTF8.GetBytes("a key of the customer's"));

    public static readonly string CustomerKeyBase64 = Convert.ToBase64String(CustomerKey);

    private static readonly List<Marker> All =
    [
        new("the secret access key", SecretAccessKey),
        new("the session token", SessionToken),
        new("the customer's key", CustomerKey),
        new("the signing key", SigningKey.DeriveBytes(SecretAccessKey, new CredentialScope(TestPresigner.Now.UtcDateTime.Date, "nyc3", "s3"))),
    ];

    /// <summary>Adds a signature or a policy as a marker and returns it.</summary>
    public static string Add(string name, string text)
    {
        lock (All)
        {
            All.Add(new Marker(name, text));
        }

        return text;
    }

    /// <summary>Returns the names of the secrets in the output, or an empty array if there are none.</summary>
    public static string[] In(string? output)
    {
        lock (All)
        {
            return output is null ? [] : [.. All.Where(marker => marker.IsIn(output)).Select(marker => marker.Name)];
        }
    }
}
