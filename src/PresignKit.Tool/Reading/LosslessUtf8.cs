using System.Buffers;
using System.Text;

namespace PresignKit.Tool.Reading;

/// <summary>Decodes UTF-8 so that every byte, valid or not, can be encoded again.</summary>
/// <remarks>A byte that is not part of valid UTF-8 becomes the lone surrogate U+DC00 plus the byte, as with <c>surrogateescape</c> in Python. Valid UTF-8 never contains surrogates.</remarks>
internal static class LosslessUtf8
{
    private const char FirstEscape = '\uDC00';

    /// <summary>Decodes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isEnd">Whether no more bytes follow, so that an incomplete sequence at the end is not valid.</param>
    /// <param name="text">Receives the characters.</param>
    /// <returns>The number of bytes that were decoded: all of them, except an incomplete sequence at the end.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, bool isEnd, StringBuilder text)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            int invalid = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            int ascii = invalid < 0 ? bytes.Length - at : invalid;
            text.Append(Encoding.ASCII.GetString(bytes.Slice(at, ascii)));
            at += ascii;
            if (at == bytes.Length)
            {
                break;
            }

            OperationStatus status = Rune.DecodeFromUtf8(bytes[at..], out Rune rune, out int length);
            if (status == OperationStatus.NeedMoreData && !isEnd)
            {
                return at;
            }

            if (status == OperationStatus.Done)
            {
                text.Append(rune.ToString());
                at += length;
            }
            else
            {
                text.Append((char)(FirstEscape + bytes[at++]));
            }
        }

        return at;
    }

    /// <summary>Encodes text that <see cref="Decode"/> returned.</summary>
    public static byte[] Encode(string text)
    {
        if (Ascii.IsValid(text))
        {
            return Encoding.ASCII.GetBytes(text);
        }

        ArrayBufferWriter<byte> bytes = new(text.Length + 16);
        Span<byte> encoded = stackalloc byte[4];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (Rune.TryCreate(c, out Rune rune) || (i + 1 < text.Length && Rune.TryCreate(c, text[i + 1], out rune)))
            {
                bytes.Write(encoded[..rune.EncodeToUtf8(encoded)]);
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                bytes.Write([(byte)c]);
            }
        }

        return bytes.WrittenSpan.ToArray();
    }
}
