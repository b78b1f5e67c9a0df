package dev.reactiveazure.autoconfigure.docs;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application that the guide tests.
 */
@SpringBootApplication
class ShopApplication {

}
