using System.Text;

namespace PresignKit.Tests;

/// <summary>The output of a signing step, as a string.</summary>
internal static class Written
{
    public delegate void Step(ref ByteBuffer buffer);

    public static string By(Step step)
    {
        ByteBuffer buffer = new(16);
        try
        {
            step(ref buffer);
            return Encoding.UTF8.GetString(buffer.Written.ToArray());
        }
        finally
        {
            buffer.Dispose();
        }
    }

    public static string Hex(byte[] bytes) => By((ref ByteBuffer buffer) => buffer.AppendHex(bytes));
}
