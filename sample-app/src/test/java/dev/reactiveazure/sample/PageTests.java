package dev.reactiveazure.sample;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The page in a real browser: Chromium and its driver, from the search path. Skipped
 * where they are not installed, but for builds with {@code CI=true}, where that is a
 * failure.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@LocalServerPort
	private int port;

	@TempDir
	private Path profile;

	private ChromeDriver browser;

	@BeforeEach
	void open() {
		this.browser = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(installed("chromedriver")).build(),
				new ChromeOptions().setBinary(installed("chromium"))
					.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
							"--disable-background-networking", "--disable-component-update", "--disable-sync",
							"--user-data-dir=" + this.profile));
		this.browser.get("http://localhost:" + this.port + "/");
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void showsAnOrderOnItsWayFromTheFormToTheTotals() {
		place("<b>Ada & co", "12.50");
		WebElement card = await(By.cssSelector("#billed li"));
		assertThat(card.findElement(By.className("customer")).getText()).isEqualTo("<b>Ada & co");
		assertThat(card.findElement(By.className("total")).getText()).contains("12");
		WebElement row = await(By.cssSelector("#totals tr"));
		assertThat(row.getText()).contains("<b>Ada & co").contains(" 1 ");
		assertThat(this.browser.findElements(By.cssSelector("#placed li"))).isEmpty();
		assertThat(this.browser.findElements(By.cssSelector("main b"))).isEmpty();
	}

	@Test
	void tellsWhatIsWrongWithAnOrder() {
		place("a/b", "1");
		await(By.cssSelector("#answer[data-kind='error']"));
		assertThat(this.browser.findElement(By.id("answer")).getText()).startsWith("'customer' must not contain");
		assertThat(this.browser.findElement(By.name("customer")).getDomAttribute("aria-invalid")).isEqualTo("true");
	}

	private void place(String customer, String total) {
		await(By.cssSelector("#connection[data-state='live']"));
		fill("customer", customer);
		fill("total", total);
		this.browser.findElement(By.cssSelector("#place button")).click();
	}

	private void fill(String field, String text) {
		WebElement input = this.browser.findElement(By.name(field));
		input.clear();
		input.sendKeys(text);
	}

	private WebElement await(By element) {
		return new WebDriverWait(this.browser, PATIENCE).until(ExpectedConditions.visibilityOfElementLocated(element));
	}

	private static File installed(String program) {
		Optional<File> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, program))
			.filter(File::canExecute)
			.findFirst();
		if (found.isPresent()) {
			return found.get();
		}
		String message = "PageTests did not run: there is no '" + program
				+ "' on the search path (Debian, Ubuntu: apt-get install chromium chromium-driver)";
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(message);
		}
		return abort(message);
	}

}
