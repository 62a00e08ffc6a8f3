using System.Security.Claims;

namespace WebApi.Tests;

public class UserFilesTests
{
    [Theory]
    [InlineData("ada", "users/ada/")]
    [InlineData("a/b", "users/a%2Fb/")]
    [InlineData("auth0|12", "users/auth0%7C12/")]
    public void FolderOf_AUser_IsASingleSegment(string id, string folder) =>
        UserFiles.FolderOf(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)], "test"))).Should().Be(folder);

    [Theory]
    [InlineData("sub", "ada")]
    [InlineData(ClaimTypes.NameIdentifier, "")]
    public void FolderOf_WithoutAnId_Throws(string type, string value) =>
        FluentActions.Invoking(() => UserFiles.FolderOf(new ClaimsPrincipal(new ClaimsIdentity([new Claim(type, value)], "test")))).Should().Throw<InvalidOperationException>()
            .WithMessage("The user does not have a NameIdentifier claim.*");
}
