using System.Text;
using System.Text.Json;

namespace PresignKit.Tests;

/// <summary>Presigns forms and reads their fields and policies.</summary>
internal static class Posted
{
    public static PresignedPost Form(PostPolicy policy) => TestPresigner.Create().PresignPost(policy);

    /// <summary>The value of a field, or <c>null</c> if there is none.</summary>
    public static string? Field(this PresignedPost post, string name) => post.Fields.SingleOrDefault(field => field.Key == name).Value;

    public static string PolicyText(this PresignedPost post) => Encoding.UTF8.GetString(Convert.FromBase64String(post.Field("policy")!));

    /// <summary>The conditions, each as JSON.</summary>
    public static string[] Conditions(this PresignedPost post)
    {
        using JsonDocument policy = JsonDocument.Parse(post.PolicyText());
        return [.. policy.RootElement.GetProperty("conditions").EnumerateArray().Select(condition => condition.GetRawText())];
    }
}
