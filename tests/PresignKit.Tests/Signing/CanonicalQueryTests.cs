namespace PresignKit.Tests;

public class CanonicalQueryTests
{
    [Theory]
    [InlineData("a-b=1 a=2", "a=2 a-b=1")]
    [InlineData("a1=1 a=2 a0=3", "a=2 a0=3 a1=1")]
    [InlineData("b=1 B=2 _=3 ~=4", "B=2 _=3 b=1 ~=4")]
    [InlineData("Param-3=1 Param=2 \u1234=3", "%E1%88%B4=3 Param=2 Param-3=1")]
    [InlineData("a=b a/=1 a:=2 a.=3", "a=b a%2F=1 a%3A=2 a.=3")]
    [InlineData("\uFF5E=1 😀=2", "%EF%BD%9E=1 %F0%9F%98%80=2")]
    [InlineData("é=1 z=2", "%C3%A9=1 z=2")]
    public void Append_Names_AreSortedByEncodedName(string given, string expected) => Others(given).Should().Be(expected);

    [Theory]
    [InlineData("a=2 a=1 a=10", "a=1 a=10 a=2")]
    [InlineData("a= a=0 a=", "a= a= a=0")]
    [InlineData("a=b a=B a=- a=/", "a=%2F a=- a=B a=b")]
    [InlineData("a=1 a=1", "a=1 a=1")]
    [InlineData("b=1 a=2 b=0 a=1", "a=1 a=2 b=0 b=1")]
    public void Append_SameNames_AreSortedByEncodedValue(string given, string expected) => Others(given).Should().Be(expected);

    [Theory]
    [InlineData("A", 0)]
    [InlineData("X-Amz", 0)]
    [InlineData("X-Amz-A", 0)]
    [InlineData("X-Amz-Content-Sha256", 1)]
    [InlineData("X-Amz-Credentials", 2)]
    [InlineData("X-Amz-DateX", 3)]
    [InlineData("X-Amz-Expire", 3)]
    [InlineData("X-Amz-Meta", 4)]
    [InlineData("X-Amz-Signed", 4)]
    [InlineData("X-Amz-Z", 5)]
    [InlineData("Y", 5)]
    [InlineData("x-amz-acl", 5)]
    [InlineData("ä", 0)]
    public void Append_NameAmongSignatureParameters_IsSorted(string name, int expected) => Query($"{name}=v").Split('&')
        .TakeWhile(parameter => !parameter.EndsWith("=v", StringComparison.Ordinal)).Should().HaveCount(expected);

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(200)]
    public void Append_ManyParameters_AreAllSorted(int count)
    {
        // The step is coprime to every count, so each number occurs exactly once, in a scrambled order.
        string[] given = [.. Enumerable.Range(0, count).Select(i => $"n{i * 7919 % count:D3}={i % 3}")];

        Others(string.Join(' ', given)).Split(' ').Should().Equal(given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Append_ManyOfOneName_AreSortedByValue()
    {
        string[] given = [.. Enumerable.Range(0, 60).Select(i => $"n={i * 7 % 20:D2}")];

        Others(string.Join(' ', given)).Split(' ').Should().Equal(given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Append_EmptyValue_IsNameAndEqualsSign() => Others("acl=").Should().Be("acl=");

    // The query without the parameters of the signature.
    private static string Others(string given) => string.Join(
        ' ', Query(given).Split('&').Where(parameter => !parameter.StartsWith("X-Amz-", StringComparison.Ordinal)));

    private static string Query(string given) => Written.By((ref ByteBuffer buffer) =>
    {
        SigningInput request = AwsExample.Request() with
        {
            Query = TestPresigner.Pairs([.. given.Split(' ').Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))]),
        };
        CanonicalQuery.Append(ref buffer, request, AwsExample.Scope);
    });
}
