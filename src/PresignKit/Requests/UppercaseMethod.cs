namespace PresignKit;

/// <summary>Converts HTTP methods to uppercase.</summary>
/// <remarks><see cref="HttpMethod"/> preserves the case of <c>get</c>, but <see cref="HttpClient"/> sends <c>GET</c>. Servers verify the signature against the method that they
/// receive.</remarks>
internal static class UppercaseMethod
{
    public static HttpMethod Of(HttpMethod method)
    {
        string upper = method.Method.ToUpperInvariant();
        return string.Equals(method.Method, upper, StringComparison.Ordinal) ? method : new HttpMethod(upper);
    }
}
