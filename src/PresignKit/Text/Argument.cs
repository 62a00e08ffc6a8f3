namespace PresignKit;

/// <summary>Throws an exception if there is a problem with an argument.</summary>
internal static class Argument
{
    /// <exception cref="ArgumentException"><paramref name="problem"/> is not <c>null</c>.</exception>
    public static void ThrowIf(string? problem, string paramName)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }
}
