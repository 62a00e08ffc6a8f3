namespace PresignKit.Tests;

public class HexTests
{
    [Fact]
    public void Write_AnyLengthAndByte_IsLowerCase()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)(value * 7))];
        for (int length = 0; length <= all.Length; length++)
        {
            byte[] digits = new byte[2 * length];
            Hex.Write(all.AsSpan(0, length), digits);

            System.Text.Encoding.ASCII.GetString(digits).Should().Be(Convert.ToHexString(all.AsSpan(0, length)).ToLowerInvariant());
        }
    }
}
