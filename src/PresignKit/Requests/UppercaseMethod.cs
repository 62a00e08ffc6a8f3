namespace PresignKit;

/// <summary>Converts HTTP methods to uppercase. <see cref="HttpMethod"/> preserves the case of <c>get</c>, but <see cref="HttpClient"/> sends <c>GET</c>, which is what servers verify.</summary>
internal static class UppercaseMethod
{
    public static HttpMethod Of(HttpMethod method)
    {
        string upper = method.Method.ToUpperInvariant();
        return string.Equals(method.Method, upper, StringComparison.Ordinal) ? method : new HttpMethod(upper);
    }
}
