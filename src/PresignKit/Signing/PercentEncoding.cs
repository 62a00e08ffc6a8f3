namespace PresignKit.Signing;

/// <summary>
/// AWS's UriEncode: the unreserved characters of RFC 3986 (<c>A-Z a-z 0-9 - . _ ~</c>) stay, every other byte of the UTF-8
/// text becomes <c>%XX</c> with upper-case digits. The only encoder of this library: what is signed and what is emitted both come from here.
/// </summary>
internal static partial class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly CharacterSet InComponents = new(Unreserved);
    private static readonly CharacterSet InPaths = new(Unreserved + "/");
    private static readonly uint[] ComponentForms = CreateForms(Unreserved);
    private static readonly uint[] PathForms = CreateForms(Unreserved + "/");

    /// <summary>Encodes a query name, a query value, or a part of the credential scope: <c>/</c> becomes <c>%2F</c>.</summary>
    public static void AppendComponent(ref ByteBuffer buffer, ReadOnlySpan<char> text) => Append(ref buffer, text, InComponents, ComponentForms);

    /// <summary>Encodes a path: <c>/</c> stays.</summary>
    public static void AppendPath(ref ByteBuffer buffer, ReadOnlySpan<char> text) => Append(ref buffer, text, InPaths, PathForms);

    /// <summary>Encodes <c>name=value</c>; the name alone where there is no value.</summary>
    public static void AppendParameter(ref ByteBuffer buffer, string name, string? value)
    {
        AppendComponent(ref buffer, name.AsSpan());
        if (value is not null)
        {
            buffer.Append((byte)'=');
            AppendComponent(ref buffer, value.AsSpan());
        }
    }

    /// <summary>The encoded text of parameters, in the order given.</summary>
    public static string Query(ReadOnlySpan<KeyValuePair<string, string>> parameters)
    {
        ByteBuffer buffer = new(512);
        try
        {
            foreach (KeyValuePair<string, string> parameter in parameters)
            {
                if (buffer.Length > 0)
                {
                    buffer.Append((byte)'&');
                }

                AppendParameter(ref buffer, parameter.Key, parameter.Value);
            }

            return Platform.AsciiToString(buffer.Written);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>The encoded text of a query name or value.</summary>
    public static string Component(string text) => ToText(text, InComponents, ComponentForms);

    /// <summary>The encoded text of a path.</summary>
    public static string Path(string text) => ToText(text, InPaths, PathForms);

    /// <summary>Encodes a path, and then what came out of it: every <c>%</c> becomes <c>%25</c>.</summary>
    public static void AppendPathTwice(ref ByteBuffer buffer, ReadOnlySpan<char> text)
    {
        ByteBuffer once = new(256);
        try
        {
            AppendPath(ref once, text);
            foreach (byte b in once.Written)
            {
                buffer.Append(b);
                if (b == (byte)'%')
                {
                    buffer.Append("25"u8);
                }
            }
        }
        finally
        {
            once.Dispose();
        }
    }

    /// <summary>Takes the second encoding of <see cref="AppendPathTwice"/> back in place, towards the end; returns where the path begins then.</summary>
    public static int UndoSecond(Span<byte> path)
    {
        int to = path.Length;
        for (int from = path.Length; from > 0;)
        {
            if (from >= 3 && path[from - 3] == (byte)'%' && path[from - 2] == (byte)'2' && path[from - 1] == (byte)'5')
            {
                path[--to] = (byte)'%';
                from -= 3;
            }
            else
            {
                path[--to] = path[--from];
            }
        }

        return to;
    }

    private static string ToText(string text, CharacterSet unreserved, uint[] forms)
    {
        ByteBuffer buffer = new(256);
        try
        {
            Append(ref buffer, text.AsSpan(), unreserved, forms);
            return Platform.AsciiToString(buffer.Written);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static void Append(ref ByteBuffer buffer, ReadOnlySpan<char> text, CharacterSet unreserved, uint[] forms)
    {
        int length = AppendUnreserved(ref buffer, text, unreserved);
        if (length < text.Length)
        {
            AppendForms(ref buffer, text, length, forms);
        }
    }

    // Most texts need no encoding for a long way, and names none at all: that part is copied at once. Returns how long it is.
    private static int AppendUnreserved(ref ByteBuffer buffer, ReadOnlySpan<char> text, CharacterSet unreserved)
    {
        int length = unreserved.LengthOfStart(text);
        buffer.Append(text[..length]);
        return length;
    }
}
