using System.Globalization;

namespace PresignKit;

/// <summary>Checks of single values, where they are set.</summary>
internal static class ValueRules
{
    public const int MaxPartNumber = 10_000;
    public const int MaxListed = 1_000;

    /// <summary>The number itself, where it is in the range; both ends are part of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not; the message has number and range.</exception>
    public static int RequireRange(int value, int min, int max, string paramName) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                paramName, value, string.Format(CultureInfo.InvariantCulture, "{0} is {1}; it goes from {2} to {3}.", paramName, value, min, max));

    /// <inheritdoc cref="RequireRange(int, int, int, string)"/>
    public static int? RequireRange(int? value, int min, int max, string paramName) =>
        value is null ? null : RequireRange(value.Value, min, max, paramName);

    /// <summary>The value itself, where its enumeration defines it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public static T? RequireDefined<T>(T? value, string paramName)
        where T : struct, Enum => value is null || Enum.IsDefined(value.Value)
            ? value
            : throw new ArgumentOutOfRangeException(
                paramName,
                value,
                // An enumeration's own number takes the minus sign of the thread's culture.
                FormattableString.Invariant($"{paramName} is {Convert.ToInt64(value.Value, CultureInfo.InvariantCulture)}, which {typeof(T).Name} does not define. Use one of its names."));

    /// <summary>A number of bytes itself, where it is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static long? RequireBytes(long? value, string paramName) =>
        value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(paramName, value, $"{paramName} is a number of bytes: 0 or more.");

    /// <summary>The text itself, where there is any.</summary>
    /// <exception cref="ArgumentNullException">It is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static string RequireText(string value, string paramName)
    {
        if (value is null)
        {
            throw new ArgumentNullException(paramName);
        }

        return value.Length > 0 ? value : throw new ArgumentException($"{paramName} is empty. Give the value that the store answered with.", paramName);
    }

    /// <summary>The text itself, where it is the base64 text of an MD5.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static string? RequireMD5(string? value, string paramName) => value is null ? null : RequireBase64(value, 16, "An MD5", paramName);

    /// <summary>The base64 text itself, where it stands for so many bytes.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static string RequireBase64(string value, int bytes, string what, string paramName)
    {
        int length;
        try
        {
            byte[] decoded = Convert.FromBase64String(value);
            length = decoded.Length;

            // It can be a customer's key.
            Array.Clear(decoded, 0, length);
        }
        catch (FormatException)
        {
            throw new ArgumentException($"{what} is no base64 text. Encode its {bytes} bytes with Convert.ToBase64String; hexadecimal digits are not base64.", paramName);
        }

        // FromBase64String overlooks white space, which would be signed.
        return length == bytes && value.Length == (bytes + 2) / 3 * 4
            ? value
            : throw new ArgumentException($"{what} has {bytes} bytes; this base64 text stands for {length}, in {value.Length} characters. Encode the {bytes} bytes with Convert.ToBase64String.", paramName);
    }
}
