namespace PresignKit;

/// <summary>The uppercase form of an HTTP method. <see cref="HttpMethod"/> preserves the case of <c>get</c>, but <see cref="HttpClient"/> sends <c>GET</c>, and servers sign that.</summary>
internal static class UppercaseMethod
{
    public static HttpMethod Of(HttpMethod method)
    {
        string upper = method.Method.ToUpperInvariant();
        return string.Equals(method.Method, upper, StringComparison.Ordinal) ? method : new HttpMethod(upper);
    }
}
